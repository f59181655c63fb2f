#include "hub/admission/examine.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/admission/authority_marks.hpp"
#include "hub/admission/circumstances.hpp"
#include "hub/admission/drill.hpp"
#include "hub/admission/office.hpp"
#include "hub/admission/order_reading.hpp"
#include "hub/admission/outlines.hpp"
#include "hub/admission/summary.hpp"
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

void refuse(Examined& examined, const Submission& submission, const cap::Alert* alert) {
  auto& refused = *examined.proposal.body.mutable_alert_refused();
  const auto hash = journal::content_hash(*submission.bytes);
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
  const auto hash = journal::content_hash(*submission.bytes);
  const auto& holder = offices.publishing ? offices.publishing->code : submission.publisher;
  accepted.set_publisher(holder);
  if (holder != submission.publisher) accepted.set_typed_by(submission.publisher);
  accepted.set_credential(submission.credential);
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
  examined.proposal.content = submission.bytes;
  Circumstances circumstances;
  circumstances.outlines = outlines_of(alert);
  examined.proposal.circumstances = std::make_shared<const Circumstances>(std::move(circumstances));
  examined.marks = marks_of(alert, offices);
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
  if (examined.code.empty() && alert != nullptr)
    propose(examined, submission, *alert, offices);
  else
    refuse(examined, submission, alert);
  return examined;
}

}  // namespace noroshi::admission
