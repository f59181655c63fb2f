// draft, drafts, approve, withdraw: the two people behind an order.
#include "proto/cap/limits.hpp"
#include "publishers/publish/confirming.hpp"
#include "publishers/publish/document.hpp"
#include "publishers/publish/ladder.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace {

void print(const DraftRow& row, const Terminal& terminal) {
  terminal.print(fmt::format("{}  {:<9}  {}  {}  {}  {}", row.id, row.state, row.until, row.author,
                             row.level == 0 ? "-" : std::to_string(row.level), row.headline));
}

}  // namespace

Exit draft(const DraftOptions& options, Output output, const Terminal& terminal) {
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
  const auto submitted =
      confirmed<Drafted>(*bytes, options.consent, terminal, [&](const std::string& token) {
        return hub->submit_draft(*bytes, options.replaces, token, deadline);
      });
  if (!submitted) return terminal.report(submitted.error());
  if (output == Output::json)
    terminal.print(submitted->body);
  else
    terminal.print(filled(terminal.words().drafted, submitted->id, submitted->until));
  return Exit::ok;
}

Exit drafts(const DraftsOptions& options, Output output, const Terminal& terminal) {
  auto hub = hub_of(options.hub, terminal);
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto list = hub->drafts(deadline);
  if (!list) return terminal.report(list.error());
  if (output == Output::json) {
    terminal.print(list->body);
    return Exit::ok;
  }
  for (const auto& row : list->rows) print(row, terminal);
  if (list->rows.empty()) terminal.say(terminal.words().no_drafts);
  return Exit::ok;
}

// What is signed is what is shown: the bytes the hub gave, hashed here.
Exit approve(const ApproveOptions& options, Output output, const Terminal& terminal) {
  auto hub = hub_of(options.hub, terminal);
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto bytes = hub->draft(options.id, deadline);
  if (!bytes) return terminal.report(bytes.error());
  if (!agreed(*bytes, options.consent, terminal)) return Exit::refused;
  // Whoever typed its sign has yet to see what the hub asks, if it asks.
  const auto accepted =
      confirmed<Accepted>(*bytes, options.consent, terminal, [&](const std::string& token) {
        return hub->approve(options.id, sha256_of(*bytes), token, deadline);
      });
  if (!accepted) return terminal.report(accepted.error());
  const auto& words = terminal.words();
  if (output == Output::json)
    terminal.print(accepted->body);
  else
    terminal.print(filled(accepted->already_known ? words.known : words.accepted,
                          accepted->sequence, accepted->subscribers));
  return Exit::ok;
}

Exit withdraw(const WithdrawOptions& options, Output output, const Terminal& terminal) {
  auto hub = hub_of(options.hub, terminal);
  if (!hub) return terminal.report(hub.error());
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  const auto done = hub->withdraw(options.id, options.reason, deadline);
  if (!done) return terminal.report(done.error());
  terminal.print(output == Output::json ? *done
                                        : filled(terminal.words().draft_withdrawn, options.id));
  return Exit::ok;
}

}  // namespace noroshi::publishers
