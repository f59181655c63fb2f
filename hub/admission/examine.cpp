#include "hub/admission/examine.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/admission/approval.hpp"
#include "hub/admission/area_guard.hpp"
#include "hub/admission/authority_marks.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/admission/drill.hpp"
#include "hub/admission/footprint.hpp"
#include "hub/admission/office.hpp"
#include "hub/admission/order_reading.hpp"
#include "hub/admission/outlines.hpp"
#include "hub/admission/signature.hpp"
#include "hub/admission/summary.hpp"
#include "proto/cap/instant.hpp"
#include "proto/jp/parameters.hpp"
#include "proto/jp/validate.hpp"

namespace noroshi::admission {
namespace {

// Every earlier revision of an order may be named; no real order has as many.
constexpr std::size_t references_max = 1000;

bool is_update_of_any_kind(std::string_view type) {
  return type == "Alert" || type == "Update" || type == "Cancel";
}

// Which of the valid documents are taken (contract, "What is taken, and on which path").
struct Objection {
  std::string code;
  std::string path;
  cap::Text value;
  std::string rule;
  std::string detail = {};  // in place of the value
};
std::optional<Objection> objection(const cap::Alert& alert, const drills::Channel& channel,
                                   const Offices& offices) {
  if (alert.status == "Draft")
    return Objection{"alert.invalid", "/alert/status", alert.status, "admission.type"};
  if (const auto found = objection_to_class(alert, channel))
    return Objection{"auth.status", found->path, found->value, "auth.status", found->detail};
  if (!is_update_of_any_kind(alert.msg_type))
    return Objection{"alert.invalid", "/alert/msgType", alert.msg_type, "admission.type"};
  if (distinct_references(alert).size() > references_max)
    return Objection{"alert.invalid", "/alert/references", *alert.references,
                     "admission.references"};
  if (alert.scope != "Public")
    return Objection{"auth.scope", "/alert/scope", alert.scope, "auth.scope"};
  if (const auto& office = offices.contradiction)
    return Objection{"auth.sender", office->path, {office->code, office->place}, "auth.proxy"};
  return std::nullopt;
}

std::vector<Mark> marks_of(const cap::Alert& alert, const Offices& offices) {
  std::vector<Mark> marks{
      {"cap.R090", alert.identifier.value, "/alert/identifier", alert.identifier.place}};
  if (alert.references)
    for (const auto& triple : distinct_references(alert))
      marks.push_back(
          {"cap.R091", triple.identifier, "/alert/references", alert.references->place});
  for (const auto* rule : {"life.stale", "life.document"})
    if (alert.references) marks.push_back({rule, "", "/alert/references", alert.references->place});
  mark_authority(alert, offices, marks);
  return marks;
}

constexpr std::int64_t old_ms = 24 * 60 * 60 * 1000LL;

bool is_late(const cap::Alert& alert) {
  const auto* kind = jp::parameter(alert, "UpdateKind");
  return kind != nullptr && kind->value == "late";
}

cap::Finding question(std::string rule, std::string value, std::string path, cap::Place place) {
  cap::Finding finding;
  finding.rule = std::move(rule);
  finding.severity = cap::Severity::confirm;
  finding.value = std::move(value);
  finding.path = std::move(path);
  finding.line = place.line;
  finding.column = place.column;
  return finding;
}

// What of a valid document should be confirmed, beside what its profile asks.
void ask(const cap::Alert& alert, std::int64_t now_ms, std::vector<cap::Finding>& findings) {
  const auto sent = cap::unix_milliseconds(alert.sent.value);
  if (sent && *sent + old_ms < now_ms && !is_late(alert))
    findings.push_back(question("message.old", alert.sent.value, "/alert/sent", alert.sent.place));
  for (const auto& odd : odd_areas(alert)) {
    const auto blank = odd.find(' ');
    findings.push_back(question(odd.substr(0, blank), odd.substr(blank + 1), "/alert", {}));
  }
}

std::vector<std::string> questions_of(const std::vector<cap::Finding>& findings) {
  std::vector<std::string> questions;
  for (const auto& finding : findings)
    if (finding.severity == cap::Severity::confirm)
      questions.push_back(finding.rule + " " + (finding.value.empty() ? "-" : finding.value));
  return questions;
}

void refuse(Examined& examined, const Submission& submission, const cap::Alert* alert) {
  auto& refused = *examined.proposal.body.mutable_alert_refused();
  const auto& hash = examined.content_hash;
  refused.set_publisher(submission.publisher);
  refused.set_credential(submission.credential);
  refused.set_drill(submission.channel.drill());
  refused.set_code(examined.code);
  refused.set_content_sha256(hash.data(), hash.size());
  refused.set_content_size(static_cast<std::uint32_t>(submission.bytes->size()));
  for (const auto& finding : examined.findings) {
    if (finding.severity == cap::Severity::error) refused.add_rules(finding.rule);
    if (refused.rules_size() == 100) break;  // what was sent is not worth more of the log
  }
  if (alert == nullptr) return;
  refused.set_sender(cap::shown(alert->sender.value));
  refused.set_identifier(cap::shown(alert->identifier.value));
}

void propose(Examined& examined, const Submission& submission, const cap::Alert& alert,
             const Offices& offices) {
  auto& accepted = *examined.proposal.body.mutable_alert_accepted();
  const auto& hash = examined.content_hash;
  const auto& holder = offices.publishing ? offices.publishing->code : submission.publisher;
  accepted.set_publisher(holder);
  if (holder != submission.publisher) accepted.set_typed_by(submission.publisher);
  accepted.set_credential(submission.credential);
  if (stand_of(submission.approval) != Stand::system)
    *accepted.mutable_approval() = submission.approval;
  submission.channel.mark(accepted);
  accepted.set_content_sha256(hash.data(), hash.size());
  accepted.set_content_size(static_cast<std::uint32_t>(submission.bytes->size()));
  summarise(alert, accepted);
  read_order(alert, accepted);
  std::set<std::string_view> warned;  // each rule once: the log keeps it for ever
  for (const auto& finding : examined.findings)
    if (warned.insert(finding.rule).second) accepted.add_warnings(finding.rule);
  examined.proposal.key = journal::AlertKey{drills::qualified(submission.channel.drill(), holder),
                                            alert.sender.value, alert.identifier.value};
  // A draft reserves nothing: it may be written anew, and another may be first.
  if (stand_of(submission.approval) == Stand::draft) examined.proposal.key = std::nullopt;
  examined.proposal.content = submission.bytes;
  examined.circumstances = std::make_shared<Circumstances>();
  auto& circumstances = *examined.circumstances;
  circumstances.outlines = outlines_of(alert);
  circumstances.footprint = footprint_of(alert, circumstances.outlines);
  circumstances.questions = questions_of(examined.findings);
  circumstances.answered = submission.answered;
  circumstances.unpicked = unpicked_codes(alert);
  circumstances.drawn = drawn_districts(alert);
  circumstances.signatures = unchecked_signatures(alert);
  examined.proposal.circumstances = examined.circumstances;
  examined.marks = marks_of(alert, offices);
  for (auto& mark : signature_marks(examined.circumstances->signatures))
    examined.marks.push_back(std::move(mark));
}

// Or nothing at all: then what is sent where, and is taken there, is the first thing to say.
bool breaks_the_profile_only(const cap::Verdict& verdict) {
  return std::all_of(verdict.findings.begin(), verdict.findings.end(), [](const auto& finding) {
    return finding.severity != cap::Severity::error || finding.rule.starts_with("jp.");
  });
}

}  // namespace

Examined examine(const Submission& submission, std::int64_t now_ms) {
  auto verdict = jp::validate(*submission.bytes, submission.charset, now_ms);
  Examined examined;
  examined.submitter = submission.publisher;
  examined.content_hash = journal::content_hash(*submission.bytes);
  examined.code = verdict.code();
  const bool is_cap = breaks_the_profile_only(verdict);
  examined.findings = std::move(verdict.findings);
  const cap::Alert* alert = verdict.alert ? &*verdict.alert : nullptr;
  const auto offices = alert == nullptr ? Offices{} : offices_of(*alert, submission.publisher);
  if (is_cap && alert != nullptr) {
    if (const auto found = objection(*alert, submission.channel, offices)) {
      examined.code = found->code;
      examined.detail = cap::shown(found->detail.empty() ? found->value.value : found->detail);
      cap::Finding finding;
      finding.rule = found->rule;
      finding.path = found->path;
      finding.line = found->value.place.line;
      finding.column = found->value.place.column;
      finding.value = cap::shown(found->value.value);
      examined.findings.push_back(std::move(finding));
    }
  }
  if (examined.code.empty() && alert != nullptr) ask(*alert, now_ms, examined.findings);
  if (examined.code.empty() && alert != nullptr)
    propose(examined, submission, *alert, offices);
  else
    refuse(examined, submission, alert);
  return examined;
}

}  // namespace noroshi::admission
