#include <optional>

#include "publishers/publish/alert_name.hpp"
#include "publishers/publish/board.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace {

Exit show_once(const StatusOptions& options, Output output, Hub& hub, std::uint64_t sequence,
               Hub::Deadline deadline, const Terminal& terminal) {
  const auto ladder = hub.deliveries(sequence, deadline);
  if (!ladder) return terminal.report(ladder.error());
  if (output == Output::json) {
    terminal.print(ladder->body);
  } else {
    terminal.print(report_line(*ladder, sequence, options.wait, terminal));
    print_rows(*ladder, terminal);
  }
  return Exit::ok;
}

// The same ladder comes again after a lost line, and when the terminal is another size.
class Watched {
 public:
  Watched(const StatusOptions& options, Output output, const Terminal& terminal)
      : wait_(options.wait), output_(output), terminal_(terminal) {}

  void begin(std::uint64_t sequence) { board_.emplace(terminal_, sequence, wait_); }
  bool show(const Ladder& ladder) {
    if (output_ == Output::text)
      board_->show(ladder);
    else if (last_ != ladder.body)
      terminal_.print(ladder.body);
    last_ = ladder.body;
    return satisfied(ladder, wait_);
  }
  void lost(const Failure& failure, std::chrono::milliseconds wait) {
    if (board_ && output_ == Output::text) return board_->lost(failure, wait);
    terminal_.say(terminal_.retry_text(failure, wait));
  }

 private:
  Wait wait_;
  Output output_;
  const Terminal& terminal_;
  std::optional<Board> board_;
  std::string last_;
};

Exit exit_of(LadderFeed::End end) {
  if (end == LadderFeed::End::enough) return Exit::ok;
  return end == LadderFeed::End::deadline ? Exit::unconfirmed : Exit::interrupted;
}

}  // namespace

Exit status(const StatusOptions& options, Output output, const Terminal& terminal) {
  Watched watched(options, output, terminal);
  auto hub = hub_of(
      options.hub, terminal,
      [&](const Failure& failure, std::chrono::milliseconds wait) { watched.lost(failure, wait); });
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto sequence = sequence_of(options.alert, *hub, deadline);
  if (!sequence) return terminal.report(sequence.error());
  if (!*sequence) {
    terminal.complain(filled(terminal.words().unknown_alert, options.alert));
    return Exit::not_found;
  }
  if (options.watch == StatusOptions::Watch::once)
    return show_once(options, output, *hub, **sequence, deadline, terminal);
  watched.begin(**sequence);
  const auto end =
      hub->follow(**sequence, deadline, [&](const Ladder& ladder) { return watched.show(ladder); });
  return end ? exit_of(*end) : terminal.report(end.error());
}

}  // namespace noroshi::publishers
