#include "publishers/publish/alert_name.hpp"
#include "publishers/publish/board.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace {

Answer<Ladder> ladder_of(const StatusOptions& options, Output output, Hub& hub,
                         std::uint64_t sequence, Hub::Deadline deadline, const Terminal& terminal) {
  if (options.watch == StatusOptions::Watch::once) return hub.deliveries(sequence, deadline);
  Board board(terminal, sequence, options.wait);
  return follow(hub, sequence, options.wait, deadline, [&](const Ladder& ladder) {
    if (output == Output::json)
      terminal.print(ladder.body);
    else
      board.show(ladder);
  });
}

}  // namespace

Exit status(const StatusOptions& options, Output output, const Terminal& terminal) {
  auto hub = hub_of(options.hub, terminal);
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto sequence = sequence_of(options.alert, *hub, deadline);
  if (!sequence) return terminal.report(sequence.error());
  if (!*sequence) {
    terminal.complain(filled(terminal.words().unknown_alert, options.alert));
    return Exit::not_found;
  }
  const auto ladder = ladder_of(options, output, *hub, **sequence, deadline, terminal);
  if (!ladder) return terminal.report(ladder.error());
  const bool watched = options.watch == StatusOptions::Watch::until_all;
  if (watched) return satisfied(*ladder, options.wait) ? Exit::ok : Exit::unconfirmed;
  if (output == Output::json) {
    terminal.print(ladder->body);
  } else {
    terminal.print(report_line(*ladder, **sequence, options.wait, terminal));
    print_rows(*ladder, terminal);
  }
  return Exit::ok;
}

}  // namespace noroshi::publishers
