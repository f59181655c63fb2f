#include "hub/api/posting.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "hub/admission/signature.hpp"
#include "hub/api/alert_json.hpp"
#include "hub/api/answers.hpp"
#include "hub/api/draft_json.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/officer_request.hpp"
#include "hub/api/paths.hpp"
#include "hub/api/times.hpp"
#include "hub/config/log.hpp"

namespace noroshi::api {
namespace {

using journal::Outcome;
using transport::Exchange;
using Clock = std::chrono::steady_clock;

constexpr std::size_t findings_max = 256;

std::string path_of(const journal::Stored& stored) {
  return drills::Channel::of(stored.entry.body().alert_accepted()).path() + "/alerts/" +
         std::to_string(stored.sequence);
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

void Posting::submit(Exchange exchange, const registry::Principal& sender) {
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

admission::Submission Posting::submission_of(Exchange& exchange, const registry::Principal& sender,
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

void Posting::send(Exchange exchange, admission::Submission submission) {
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
void Posting::check_signatures(Exchange exchange, admission::Submission submission,
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

void Posting::propose(Exchange exchange, admission::Examined examined, Clock::time_point begun) {
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

void Posting::answer(const Exchange& exchange, const admission::Examined& examined,
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
  if (known != nullptr &&
      destination_of(exchange.request.path).route == Route::drafts)  // nothing waits for anybody
    return refuse(exchange, {409, "draft.closed", path_of(stored), {}});
  ++(known ? rooms_.meters.known : rooms_.meters.accepted);
  answer_accepted(exchange, stored, known != nullptr);
}

void Posting::answer_accepted(const Exchange& exchange, const journal::Stored& stored, bool known) {
  const auto& alert = stored.entry.body().alert_accepted();
  const auto& approval = alert.approval();
  log::info(known ? "alert.known" : "alert.accepted",
            {{"sequence", std::to_string(stored.sequence)},
             {"channel", alert.channel()},
             {"publisher", alert.publisher()},
             {"identifier", alert.summary().identifier()},
             {"author", approval.author()},
             {"approver", approval.approver()},
             {"subscribers", std::to_string(alert.subscribers())}});
  if (!known && !approval.break_glass_reason().empty()) {
    if (alert.drill().empty()) ++rooms_.meters.break_glass;  // practised, it alarms nobody
    log::warn("alert.break_glass", {{"sequence", std::to_string(stored.sequence)},
                                    {"channel", alert.channel()},
                                    {"officer", approval.author()},
                                    {"reason", approval.break_glass_reason()}});
  }
  auto response = json_response(known ? 200 : 201, receipt_json(stored, rooms_.epoch));
  response.fields.emplace_back("Location", path_of(stored));
  exchange.respond(std::move(response));
}

void Posting::answer_draft(const Exchange& exchange, const journal::Stored& stored, bool known) {
  const auto& draft = stored.entry.body().draft_submitted();
  const auto channel = drills::Channel::of(draft);
  log::info("draft.submitted", {{"draft", draft.id()},
                                {"channel", channel.name()},
                                {"officer", draft.author()},
                                {"identifier", draft.summary().identifier()}});
  auto response = json_response(known ? 200 : 201, draft_receipt(stored, rooms_.epoch));
  response.fields.emplace_back("Location", channel.path() + "/drafts/" + draft.id());
  exchange.respond(std::move(response));
}

void Posting::ask(const Exchange& exchange, const admission::Examined& examined,
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

}  // namespace noroshi::api
