#include "proto/cap/limits.hpp"
#include "publishers/publish/confirming.hpp"
#include "publishers/publish/document.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace {

// The alert is accepted whatever happens here: what cannot be confirmed is `unconfirmed`.
Exit confirm(Hub& hub, std::uint64_t sequence, const Wait& wait, Hub::Deadline deadline,
             Output output, const Terminal& terminal) {
  std::optional<std::uint64_t> said;
  const auto ladder = follow(hub, sequence, wait, deadline, [&](const Ladder& changed) {
    const auto [have_it, wanted] = tally(changed, wait);
    if (have_it < wanted && said != have_it)
      terminal.say(filled(terminal.words().waiting, have_it, wanted));
    said = have_it;
  });
  if (!ladder) {
    terminal.report(ladder.error());
    return Exit::unconfirmed;
  }
  if (output == Output::json)
    terminal.print(ladder->body);
  else
    print_rows(*ladder, terminal);
  const auto [have_it, wanted] = tally(*ladder, wait);
  if (have_it < wanted) {
    terminal.complain(filled(terminal.words().not_in_time, have_it, wanted));
    return Exit::unconfirmed;
  }
  terminal.say(filled(terminal.words().all_have_it, have_it, wanted));
  return Exit::ok;
}

}  // namespace

Exit send(const SendOptions& options, Output output, const Terminal& terminal) {
  const auto bytes =
      options.document ? Result<std::string>(*options.document) : read_document(options.file);
  if (!bytes) return terminal.report(bytes.error());
  if (bytes->size() > cap::document_bytes_max) {
    terminal.complain(filled(terminal.words().too_large, options.file));
    return Exit::refused;
  }
  auto hub = hub_of(options.hub, terminal);
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto accepted =
      confirmed<Accepted>(*bytes, options.consent, terminal, [&](const std::string& token) {
        return hub->submit(*bytes, "application/cap+xml", Hub::Person{token, options.break_glass},
                           deadline);
      });
  if (!accepted) return terminal.report(accepted.error());
  const auto& words = terminal.words();
  if (output == Output::json)
    terminal.print(accepted->body);
  else
    terminal.print((options.hub.drill.empty() ? "" : filled(words.drill_mark, options.hub.drill)) +
                   filled(accepted->already_known ? words.known : words.accepted,
                          accepted->sequence, accepted->subscribers));
  for (const auto& flag : accepted->flags) terminal.complain(filled(words.unread, flag));
  if (!options.wait) return Exit::ok;
  return confirm(*hub, accepted->sequence, *options.wait, deadline, output, terminal);
}

}  // namespace noroshi::publishers
