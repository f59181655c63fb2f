#include "publishers/publish/alert_name.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace {

Answer<Ladder> ladder_of(const StatusOptions& options, Hub& hub, std::uint64_t sequence,
                         Hub::Deadline deadline, const Terminal& terminal) {
  if (options.watch == StatusOptions::Watch::once) return hub.deliveries(sequence, deadline);
  return follow(hub, sequence, Wait{}, deadline, terminal);
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
  const auto ladder = ladder_of(options, *hub, **sequence, deadline, terminal);
  if (!ladder) return terminal.report(ladder.error());
  const auto [have_it, wanted] = tally(*ladder, Wait{});
  if (output == Output::json) {
    terminal.print(ladder->body);
  } else {
    terminal.print(
        filled(terminal.words().report, **sequence, ladder->identifier, have_it, wanted));
    print_rows(*ladder, terminal);
  }
  const bool in_time = options.watch == StatusOptions::Watch::once || have_it >= wanted;
  return in_time ? Exit::ok : Exit::unconfirmed;
}

}  // namespace noroshi::publishers
