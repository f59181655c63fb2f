#include "hub/api/drafting.hpp"

#include <openssl/rand.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <cstdlib>
#include <utility>

#include "hub/admission/approval.hpp"
#include "hub/api/answers.hpp"
#include "hub/api/draft_json.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/officer_request.hpp"
#include "hub/config/log.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

using admission::Draft;
using registry::Principal;
using transport::Exchange;

std::string fresh_id() {
  std::array<unsigned char, 12> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  return hexadecimal(bytes);
}

bool is_utf8(const std::optional<std::string>& charset) {
  return !charset || wire::same_word(*charset, "utf-8");
}

}  // namespace

void Drafting::submit(Exchange exchange, const Principal& officer) {
  const auto type = wire::find(exchange.request.fields, "Content-Type").value_or("");
  // The approver's bytes are read without a Content-Type beside them.
  if (!is_utf8(charset_of(type)))
    return refuse(exchange, {415, "media-type", std::string(type), {}});
  if (const auto replaced = wire::find(exchange.request.fields, "Noroshi-Replaces")) {
    exchange.respond = [this, respond = std::move(exchange.respond), id = std::string(*replaced),
                        officer](wire::Response answer) {
      if (answer.status >= 300) return respond(std::move(answer));
      const auto say = [respond, answer](std::string_view done) {
        auto told = answer;
        told.fields.emplace_back("Noroshi-Replaced", done);
        respond(std::move(told));
      };
      const auto closing =
          close(id, officer, "replaced", [say, id](const journal::Outcome& outcome) {
            const auto* refused = std::get_if<journal::Refused>(&outcome);
            const bool replaced_already =
                refused != nullptr && refused->detail.starts_with(id + " -> ");
            say(refused == nullptr || replaced_already ? "yes" : "no");
          });
      if (!closing) say("no");
    };
  }
  auto submission =
      posting_.submission_of(exchange, officer, rooms_.identity.registry().publisher_of(officer));
  submission.charset = std::nullopt;
  submission.approval.set_draft(fresh_id());
  posting_.send(std::move(exchange), std::move(submission));
}

bool Drafting::may_see(const Principal& reader, const Draft& draft) const {
  const auto& registry = rooms_.identity.registry();
  if (reads_everything(reader, registry)) return true;
  const auto code = registry.publisher_of(reader);
  if (code.empty()) return false;
  const auto* author = registry.officer(draft.submitted.author());
  return draft.submitted.publisher() == code || (author != nullptr && author->publisher == code);
}

const Draft* Drafting::visible(const Principal& reader, const drills::Channel& channel,
                               const std::string& id) const {
  const auto* draft = rooms_.guards.drafts.find(channel, id);
  return draft != nullptr && may_see(reader, *draft) ? draft : nullptr;
}

void Drafting::list(const Exchange& exchange, const Principal& reader,
                    const drills::Channel& channel) {
  boost::json::array drafts;
  const auto all = rooms_.guards.drafts.all(channel);
  for (auto draft = all.rbegin(); draft != all.rend(); ++draft)
    if (may_see(reader, **draft))
      drafts.push_back(draft_json(**draft, rooms_.epoch, rooms_.clock()));
  exchange.respond(json_response(200, {{"drafts", std::move(drafts)}}));
}

void Drafting::get(const Exchange& exchange, const Principal& reader,
                   const drills::Channel& channel, const std::string& id) {
  const auto* draft = visible(reader, channel, id);
  if (draft == nullptr) return refuse(exchange, {404, "draft.unknown", id, {}});
  const auto form = wanted_form(exchange.request);
  if (form == Form::none) return refuse(exchange, {406, "not-acceptable", "", {}});
  const auto json = draft_json(*draft, rooms_.epoch, rooms_.clock());
  const auto read = rooms_.journal.read(
      draft->sequence - 1, {1, 1},
      [this, exchange, channel, form, id,
       json](const Result<std::vector<journal::StoredPtr>>& entries) {
        if (!entries) return unavailable(exchange, entries.error().detail);
        if (entries->empty() || !entries->front()->content ||
            !channel.carries(entries->front()->entry.body().draft_submitted()))
          return refuse(exchange, {404, "draft.unknown", id, {}});
        const auto& stored = entries->front();
        if (form != Form::json)
          return exchange.respond(
              {200, {{"Content-Type", "application/cap+xml"}}, *stored->content});
        const bool queued =
            rooms_.readings.reading(stored, [exchange, json](const std::string& reading) {
              exchange.respond(json_response(200, full_draft_json(json, reading)));
            });
        if (!queued) unavailable(exchange, "too many readings are waited for");
      });
  if (!read) unavailable(exchange, read.error().detail);
}

void Drafting::approve(Exchange exchange, const Principal& officer, const std::string& id) {
  const auto* draft = visible(officer, officer.channel, id);
  if (draft == nullptr) return refuse(exchange, {404, "draft.unknown", id, {}});
  const auto hash = signed_hash(exchange.request.body);
  if (!hash) return refuse(exchange, {400, "draft.signature", hash.error().detail, {}});
  const std::string_view signed_bytes(reinterpret_cast<const char*>(hash->data()), hash->size());
  if (signed_bytes != draft->submitted.content_sha256())
    return refuse(exchange, {409, "draft.changed", id, {}});
  const auto read = rooms_.journal.read(
      draft->sequence - 1, {1, 1},
      [this, exchange, officer,
       draft = *draft](const Result<std::vector<journal::StoredPtr>>& entries) mutable {
        if (!entries) return unavailable(exchange, entries.error().detail);
        if (entries->empty() || !entries->front()->content)
          return refuse(exchange, {404, "draft.unknown", draft.submitted.id(), {}});
        boost::asio::post(rooms_.front,
                          [this, exchange = std::move(exchange), officer, draft = std::move(draft),
                           stored = entries->front()]() mutable {
                            sign(std::move(exchange), officer, draft, stored);
                          });
      });
  if (!read) unavailable(exchange, read.error().detail);
}

// Decided again at the head, with all that has happened since it was written.
void Drafting::sign(Exchange exchange, const Principal& officer, const Draft& draft,
                    const journal::StoredPtr& stored) {
  const auto& registry = rooms_.identity.registry();
  // As the author submitted it: the publisher's own, or for another.
  const auto* author = registry.officer(draft.submitted.author());
  exchange.request.body = *stored->content;
  auto submission = posting_.submission_of(
      exchange, officer, author == nullptr ? registry.publisher_of(officer) : author->publisher);
  submission.charset = std::nullopt;
  submission.approval.set_draft(draft.submitted.id());
  submission.approval.set_author(draft.submitted.author());
  submission.approval.set_approver(officer.id);
  posting_.send(std::move(exchange), std::move(submission));
}

void Drafting::withdraw(const Exchange& exchange, const Principal& officer, const std::string& id) {
  if (visible(officer, officer.channel, id) == nullptr)
    return refuse(exchange, {404, "draft.unknown", id, {}});
  const auto reason = reason_in_body(exchange.request.body);
  if (!reason) return refuse(exchange, {400, "reason.required", reason.error().detail, {}});
  const auto closing =
      close(id, officer, *reason, [this, exchange, id](const journal::Outcome& outcome) {
        answer_closing(exchange, id, outcome);
      });
  if (!closing) unavailable(exchange, closing.error().detail);
}

void Drafting::answer_closing(const Exchange& exchange, const std::string& id,
                              const journal::Outcome& outcome) {
  if (const auto* unknown = std::get_if<journal::Unknown>(&outcome))
    return unavailable(exchange, unknown->detail);
  if (const auto* refused = std::get_if<journal::Refused>(&outcome))
    return refuse(exchange, {status_of(refused->code), refused->code, refused->detail, {}});
  exchange.respond(json_response(200, {{"id", id}, {"state", "withdrawn"}}));
}

Result<void> Drafting::close(const std::string& id, const Principal& officer, std::string reason,
                             Closed answer) {
  journal::Proposal proposal;
  auto& closed = *proposal.body.mutable_draft_closed();
  closed.set_id(id);
  closed.set_by(officer.id);
  closed.set_reason(std::move(reason));
  proposal.circumstances = std::make_shared<admission::Closing>(officer.channel);
  log::info("draft.closing",
            {{"draft", id}, {"channel", officer.channel.name()}, {"officer", officer.id}});
  return rooms_.journal.submit(
      std::move(proposal),
      [this, answer = std::move(answer)](const journal::Outcome& outcome) {
        boost::asio::post(rooms_.front, [answer, outcome] { answer(outcome); });
      },
      officer.channel.live() ? journal::JournalThread::Claim::urgent
                             : journal::JournalThread::Claim::ordinary);
}

}  // namespace noroshi::api
