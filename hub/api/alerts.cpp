#include "hub/api/alerts.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "hub/admission/signature.hpp"
#include "hub/api/alert_json.hpp"
#include "hub/api/alert_query.hpp"
#include "hub/api/draft_json.hpp"
#include "hub/api/language.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/officer_request.hpp"
#include "hub/api/problem.hpp"
#include "hub/api/times.hpp"
#include "hub/config/log.hpp"

namespace noroshi::api {
namespace {

using journal::Outcome;
using journal::Sequence;
using transport::Exchange;
using Clock = std::chrono::steady_clock;

constexpr int retry_after_seconds = 1;
constexpr std::string_view drafts_path = "/v1/drafts";
constexpr std::size_t findings_max = 256;

std::string path_of(const journal::Stored& stored) {
  return drills::Channel::of(stored.entry.body().alert_accepted()).path() + "/alerts/" +
         std::to_string(stored.sequence);
}

wire::Response json_response(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body) + "\n"};
}

wire::Response json_response(int status, const boost::json::object& body) {
  return json_response(status, boost::json::serialize(body));
}

void refuse(const Exchange& exchange, const Problem& problem) {
  exchange.respond(response(problem, language_of(exchange.request)));
}

void unavailable(const Exchange& exchange, std::string detail) {
  refuse(exchange, {503, "journal.unavailable", std::move(detail), {}, retry_after_seconds});
}

// What the head objected to, at its places in the document: "auth.area 271004".
std::vector<cap::Finding> findings_of(const std::vector<std::string>& rules,
                                      const std::vector<admission::Mark>& marks) {
  std::unordered_multimap<std::string, const admission::Mark*> places;
  for (const auto& mark : marks) places.emplace(mark.rule + " " + mark.value, &mark);
  std::vector<cap::Finding> findings;
  for (const auto& said : rules) {
    const auto blank = said.find(' ');
    const auto rule = said.substr(0, blank);
    const auto value = blank == std::string::npos ? std::string() : said.substr(blank + 1);
    auto [first, last] = places.equal_range(said);
    if (first == last) std::tie(first, last) = places.equal_range(rule + " ");  // of any value
    if (first == last) findings.push_back(admission_finding(rule, value));
    for (auto place = first; place != last && findings.size() < findings_max; ++place) {
      const auto& mark = *place->second;
      findings.push_back(
          admission_finding(rule, value, mark.path, mark.place.line, mark.place.column));
    }
    if (findings.size() >= findings_max) break;
  }
  std::sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return findings;
}

// Live alerts find room in the queue when a drill has filled what it may take of it.
journal::JournalThread::Claim claim_of(const v1::EntryBody& body) {
  const auto& drill =
      body.has_alert_accepted() ? body.alert_accepted().drill() : body.alert_refused().drill();
  return drill.empty() ? journal::JournalThread::Claim::urgent
                       : journal::JournalThread::Claim::ordinary;
}

}  // namespace

int status_of(std::string_view code) {
  if (code == "auth.required") return 401;
  if (code.starts_with("auth.")) return 403;
  if (code == "alert.conflict" || code == "alert.stale" || code == "drill.closed") return 409;
  if (code == "approval.required") return 403;
  if (code == "draft.unknown") return 404;
  if (code == "draft.expired") return 410;
  if (code == "confirm.required" || code == "alert.repeated" || code.starts_with("draft."))
    return 409;
  if (code == "too-large") return 413;
  if (code.starts_with("xml.")) return 400;
  return 422;
}

void Alerts::submit(Exchange exchange, const registry::Principal& sender) {
  auto submission =
      submission_of(exchange, sender, rooms_.identity.registry().publisher_of(sender));
  if (const auto reason = wire::find(exchange.request.fields, "Noroshi-Break-Glass")) {
    if (sender.kind != registry::Principal::Kind::officer)
      return refuse(exchange, {403, "auth.role", "Noroshi-Break-Glass", {}});
    auto said = reason_in_header(*reason);
    if (!said) return refuse(exchange, {400, "reason.required", "Noroshi-Break-Glass", {}});
    submission.approval.set_break_glass_reason(std::move(*said));
    submission.approval.set_approver(sender.id);
  }
  send(std::move(exchange), std::move(submission));
}

admission::Submission Alerts::submission_of(Exchange& exchange, const registry::Principal& sender,
                                            std::string publisher) const {
  const auto& fields = exchange.request.fields;
  admission::Submission submission{
      std::move(publisher), sender.credential, sender.channel,
      std::make_shared<const std::string>(std::move(exchange.request.body)),
      charset_of(wire::find(fields, "Content-Type").value_or(""))};
  if (sender.kind == registry::Principal::Kind::officer) submission.approval.set_author(sender.id);
  if (const auto token = wire::find(fields, "Noroshi-Confirm"))
    submission.answered = rooms_.guards.confirm
                              .answered(*token, submission.publisher,
                                        journal::content_hash(*submission.bytes), rooms_.clock())
                              .value_or(std::vector<std::string>{});
  return submission;
}

void Alerts::send(Exchange exchange, admission::Submission submission) {
  const auto begun = Clock::now();
  const auto& bytes = submission.bytes;
  if (bytes->size() <= examined_on_the_front_max) {
    auto examined = admission::examine(submission, rooms_.clock());
    return check_signatures(std::move(exchange), std::move(submission), std::move(examined), begun);
  }
  ++rooms_.meters.examining;
  boost::asio::post(rooms_.workers, [this, exchange = std::move(exchange),
                                     submission = std::move(submission), begun]() mutable {
    auto examined = admission::examine(submission, rooms_.clock());
    boost::asio::post(
        rooms_.front, [this, exchange = std::move(exchange), submission = std::move(submission),
                       examined = std::move(examined), begun]() mutable {
          --rooms_.meters.examining;
          check_signatures(std::move(exchange), std::move(submission), std::move(examined), begun);
        });
  });
}

// A signature, once there is a key to check it with, is always a worker's.
void Alerts::check_signatures(Exchange exchange, admission::Submission submission,
                              admission::Examined examined, Clock::time_point begun) {
  const auto& holder = examined.proposal.body.alert_accepted().publisher();
  const auto* publisher = rooms_.identity.registry().publisher(holder);
  if (!admission::is_signed(examined) || publisher == nullptr ||
      publisher->policy.signing_keys().empty())
    return propose(std::move(exchange), std::move(examined), begun);
  ++rooms_.meters.examining;
  boost::asio::post(rooms_.workers,
                    [this, exchange = std::move(exchange), submission = std::move(submission),
                     examined = std::move(examined), policy = publisher->policy, begun]() mutable {
                      admission::check_signatures(examined, submission, policy, rooms_.clock());
                      boost::asio::post(rooms_.front,
                                        [this, exchange = std::move(exchange),
                                         examined = std::move(examined), begun]() mutable {
                                          --rooms_.meters.examining;
                                          propose(std::move(exchange), std::move(examined), begun);
                                        });
                    });
}

void Alerts::propose(Exchange exchange, admission::Examined examined, Clock::time_point begun) {
  auto proposal = std::exchange(examined.proposal, {});
  const auto claim = claim_of(proposal.body);
  struct Waiting {
    Exchange exchange;
    admission::Examined examined;
  };
  const auto waiting =
      std::make_shared<const Waiting>(Waiting{std::move(exchange), std::move(examined)});
  const auto submitted = rooms_.journal.submit(
      std::move(proposal),
      [this, waiting, begun](Outcome outcome) {
        boost::asio::post(rooms_.front, [this, waiting, begun, outcome = std::move(outcome)] {
          answer(waiting->exchange, waiting->examined, outcome, begun);
        });
      },
      claim);
  if (submitted) return;
  ++rooms_.meters.unavailable;
  unavailable(waiting->exchange, submitted.error().detail);
}

void Alerts::answer(const Exchange& exchange, const admission::Examined& examined,
                    const Outcome& outcome, Clock::time_point begun) {
  if (const auto* unknown = std::get_if<journal::Unknown>(&outcome)) {
    ++rooms_.meters.unavailable;
    return unavailable(exchange, unknown->detail);
  }
  const auto* asked = std::get_if<journal::Refused>(&outcome);
  if (asked != nullptr && asked->code == "confirm.required") return ask(exchange, examined, *asked);
  std::string code = examined.code;
  auto findings = examined.findings;
  std::string detail = examined.detail;
  if (const auto* refused = std::get_if<journal::Refused>(&outcome)) {
    code = refused->code;
    detail = refused->detail;
    auto more = findings_of(refused->rules, examined.marks);
    findings.insert(findings.end(), more.begin(), more.end());
  }
  if (!code.empty()) {
    ++rooms_.meters.refused[code];
    log::info("alert.refused",
              {{"code", code}, {"detail", detail}, {"peer", exchange.caller.address}});
    return refuse(exchange, {status_of(code), code, detail, findings});
  }

  const auto* known = std::get_if<journal::Known>(&outcome);
  const auto& stored = known ? *known->stored : *std::get<journal::Committed>(outcome).stored;
  rooms_.meters.accept.add(Clock::now() - begun);
  if (stored.entry.body().has_draft_submitted())
    return answer_draft(exchange, stored, known != nullptr);
  if (known != nullptr && exchange.request.path == drafts_path)  // nothing waits for anybody
    return refuse(exchange, {409, "draft.closed", path_of(stored), {}});
  ++(known ? rooms_.meters.known : rooms_.meters.accepted);
  answer_accepted(exchange, stored, known != nullptr);
}

void Alerts::answer_accepted(const Exchange& exchange, const journal::Stored& stored, bool known) {
  const auto& alert = stored.entry.body().alert_accepted();
  const auto& approval = alert.approval();
  log::info(known ? "alert.known" : "alert.accepted",
            {{"sequence", std::to_string(stored.sequence)},
             {"publisher", alert.publisher()},
             {"identifier", alert.summary().identifier()},
             {"author", approval.author()},
             {"approver", approval.approver()},
             {"subscribers", std::to_string(alert.subscribers())}});
  if (!known && !approval.break_glass_reason().empty()) {
    ++rooms_.meters.break_glass;
    log::warn("alert.break_glass", {{"sequence", std::to_string(stored.sequence)},
                                    {"officer", approval.author()},
                                    {"reason", approval.break_glass_reason()}});
  }
  auto response = json_response(known ? 200 : 201, receipt_json(stored, rooms_.epoch));
  response.fields.emplace_back("Location", path_of(stored));
  exchange.respond(std::move(response));
}

void Alerts::answer_draft(const Exchange& exchange, const journal::Stored& stored, bool known) {
  const auto& draft = stored.entry.body().draft_submitted();
  log::info("draft.submitted", {{"draft", draft.id()},
                                {"officer", draft.author()},
                                {"identifier", draft.summary().identifier()}});
  auto response = json_response(known ? 200 : 201, draft_receipt(stored, rooms_.epoch));
  response.fields.emplace_back("Location", "/v1/drafts/" + draft.id());
  exchange.respond(std::move(response));
}

void Alerts::ask(const Exchange& exchange, const admission::Examined& examined,
                 const journal::Refused& refused) {
  ++rooms_.meters.refused[refused.code];
  log::info("alert.asked", {{"detail", refused.detail}, {"peer", exchange.caller.address}});
  const auto until_ms = rooms_.clock() + ConfirmTokens::life_ms;
  Problem problem{status_of(refused.code), refused.code, "", examined.findings};
  std::vector<std::string> others;  // than those the document alone gave rise to
  for (const auto& question : refused.rules) {
    const bool told = std::any_of(
        examined.findings.begin(), examined.findings.end(), [&](const cap::Finding& finding) {
          return finding.severity == cap::Severity::confirm &&
                 question == finding.rule + " " + (finding.value.empty() ? "-" : finding.value);
        });
    if (!told) others.push_back(question);
  }
  for (auto& finding : findings_of(others, examined.marks)) {
    finding.severity = cap::Severity::confirm;
    problem.findings.push_back(std::move(finding));
  }
  problem.confirm = rooms_.guards.confirm.issue(examined.submitter, examined.content_hash,
                                                refused.rules, until_ms);
  problem.confirm_until = timestamp(until_ms);
  refuse(exchange, problem);
}

void Alerts::list(const Exchange& exchange, const drills::Channel& channel) {
  const auto filter = alert_query(exchange.request);
  if (!filter) return refuse(exchange, {400, "query.invalid", filter.error().detail, {}});
  rooms_.view.list(channel, *filter, [exchange](const Result<std::vector<view::Listed>>& listed) {
    if (!listed) return unavailable(exchange, listed.error().detail);
    boost::json::array alerts;
    for (const auto& alert : *listed) alerts.push_back(listed_json(alert));
    exchange.respond(json_response(200, {{"alerts", std::move(alerts)}}));
  });
}

void Alerts::get(const Exchange& exchange, const drills::Channel& channel, Sequence sequence) {
  const auto form = wanted_form(exchange.request);
  if (form == Form::none) return refuse(exchange, {406, "not-acceptable", "", {}});
  const auto name = std::to_string(sequence);
  const auto read = rooms_.journal.read(
      sequence - 1, {1, 1},
      [this, exchange, channel, form,
       name](const Result<std::vector<journal::StoredPtr>>& entries) {
        if (!entries) return unavailable(exchange, entries.error().detail);
        if (entries->empty() || !entries->front()->entry.body().has_alert_accepted() ||
            !channel.carries(entries->front()->entry.body().alert_accepted()))
          return refuse(exchange, {404, "not-found", name, {}});
        const auto& stored = *entries->front();
        if (form == Form::json) return answer_reading(exchange, entries->front());
        if (!stored.content) return refuse(exchange, {404, "not-found", name, {}});
        exchange.respond({200, {{"Content-Type", "application/cap+xml"}}, *stored.content});
      });
  if (!read) unavailable(exchange, read.error().detail);
}

// Parsing the document is not for the journal's thread.
void Alerts::answer_reading(const Exchange& exchange, const journal::StoredPtr& stored) {
  const bool queued =
      rooms_.readings.reading(stored, [exchange, stored](const std::string& reading) {
        exchange.respond(json_response(200, full_alert_json(*stored, reading)));
      });
  if (!queued) refuse(exchange, {503, "hub.busy", "", {}, retry_after_seconds});
}

void Alerts::deliveries(const Exchange& exchange, const registry::Principal& reader,
                        const drills::Channel& channel, Sequence sequence) {
  rooms_.view.ladder(
      channel, sequence, [this, exchange, reader, channel](const Result<view::Ladder>& ladder) {
        rooms_.fanout.states(channel, [this, exchange, reader, ladder](
                                          const std::vector<delivery::SubscriberState>& connected) {
          boost::asio::post(rooms_.front, [this, exchange, reader, ladder, connected] {
            answer_ladder(exchange, reader, ladder, connected);
          });
        });
      });
}

void Alerts::answer_ladder(const Exchange& exchange, const registry::Principal& reader,
                           Result<view::Ladder> ladder,
                           const std::vector<delivery::SubscriberState>& states) {
  if (!ladder && ladder.error().code != ErrorCode::not_found)
    return unavailable(exchange, ladder.error().detail);
  if (!ladder) return refuse(exchange, {404, "not-found", ladder.error().detail, {}});
  if (!may_see_ladder(reader, ladder->alert.alert))
    return refuse(exchange, {403, "auth.role", "", {}});
  if (reader.kind == registry::Principal::Kind::subscriber)  // its own row, and no other in sum
    std::erase_if(ladder->rungs, [&](const auto& rung) { return rung.subscriber != reader.id; });
  std::set<std::string> connected;
  for (const auto& state : states) connected.insert(state.subscriber);
  exchange.respond(json_response(200, ladder_json(*ladder, connected)));
}

// A publisher and its officers its own alerts, those it typed for others, and those of publishers
// whose every place it speaks for; a subscriber any (and only its own row); an operator all.
bool Alerts::may_see_ladder(const registry::Principal& reader,
                            const v1::AlertAccepted& alert) const {
  using Kind = registry::Principal::Kind;
  if (reader.kind == Kind::subscriber || reader.kind == Kind::operator_) return true;
  const auto& registry = rooms_.identity.registry();
  const auto code = registry.publisher_of(reader);
  if (alert.publisher() == code || alert.typed_by() == code) return true;
  const auto* mine = registry.publisher(code);
  const auto* theirs = registry.publisher(alert.publisher());
  if (mine == nullptr || theirs == nullptr) return false;
  return !theirs->areas.empty() &&
         std::all_of(theirs->areas.begin(), theirs->areas.end(),
                     [&](const auto& area) { return mine->may_speak_for(area); });
}

}  // namespace noroshi::api
