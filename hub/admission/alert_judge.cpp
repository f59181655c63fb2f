#include "hub/admission/alert_judge.hpp"

#include <set>
#include <string>
#include <utility>

#include "hub/admission/authority.hpp"
#include "hub/admission/drill.hpp"
#include "hub/admission/life.hpp"
#include "hub/admission/references.hpp"
#include "hub/admission/refusal.hpp"

namespace noroshi::admission {

using journal::Accept;
using journal::AlreadyKnown;
using journal::Decision;
using journal::Sequence;

void AlertJudge::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  accepted_.apply(entry);
  documents_.apply(entry);
  routing_.apply(entry);
}

Decision AlertJudge::decide(const journal::Proposal& proposal, Sequence sequence,
                            std::int64_t at_ms) {
  if (!proposal.body.has_alert_accepted()) return Accept{proposal.body};
  const auto& draft = proposal.body.alert_accepted();
  const auto& drills = registry_.drills();
  const auto* told = dynamic_cast<const Circumstances*>(proposal.circumstances.get());
  if (auto refusal = has_no_part(draft, drills)) return refuse(draft, std::move(*refusal));
  if (auto refusal = lacks_authority(claim_of(draft, told, registry_, territories_, at_ms)))
    return refuse(draft, std::move(*refusal));
  if (auto known = same_alert(draft)) return std::move(*known);
  if (auto refusal = is_closed(draft, drills, at_ms)) return refuse(draft, std::move(*refusal));
  Accept accept{proposal.body};
  auto& alert = *accept.body.mutable_alert_accepted();
  name_references(alert, accepted_);
  auto life = judge_life(documents_, alert, at_ms);
  if (!life.code.empty())
    return refuse(draft, {std::move(life.code), std::move(life.detail), std::move(life.rules)});
  note(life, alert);
  routing_.complete(alert, sequence, accepted_, followed(life, alert));
  alert.set_subscribers(registry_.count_addressed(alert, sequence));
  return accept;
}

// Until somebody is asked, what wants confirming is written down.
void AlertJudge::note(const LifeVerdict& life, v1::AlertAccepted& alert) {
  std::set<std::string> rules(life.warnings.begin(), life.warnings.end());
  for (const auto& rule : life.confirm) rules.insert(rule.substr(0, rule.find(' ')));
  for (const auto& rule : rules) alert.add_warnings(rule);
}

const AcceptedAlert* AlertJudge::followed(const LifeVerdict& life, v1::AlertAccepted& alert) const {
  if (!life.follows) return nullptr;
  alert.mutable_summary()->add_referenced_sequences(*life.follows);
  const auto* document = documents_.document_of(alert);
  return accepted_.find(alert, document->sender, document->identifier);
}

std::optional<Decision> AlertJudge::same_alert(const v1::AlertAccepted& draft) const {
  const auto& summary = draft.summary();
  const auto* known = accepted_.find(draft);
  if (known == nullptr) return std::nullopt;
  if (known->content_sha256 == draft.content_sha256()) return AlreadyKnown{known->sequence};
  return refuse(draft, refusal("alert.conflict", "cap.R090", {summary.identifier()}));
}

}  // namespace noroshi::admission
