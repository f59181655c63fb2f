#include "hub/admission/alert_judge.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "hub/admission/approval.hpp"
#include "hub/admission/area_guard.hpp"
#include "hub/admission/authority.hpp"
#include "hub/admission/drill.hpp"
#include "hub/admission/life.hpp"
#include "hub/admission/questions.hpp"
#include "hub/admission/references.hpp"
#include "hub/admission/refusal.hpp"
#include "hub/admission/signature.hpp"

namespace noroshi::admission {

using journal::Accept;
using journal::AlreadyKnown;
using journal::Decision;
using journal::Sequence;

void AlertJudge::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  accepted_.apply(entry);
  documents_.apply(entry);
  drafts_.apply(entry);
  repeats_.apply(entry);
  routing_.apply(entry);
}

Decision AlertJudge::decide(const journal::Proposal& proposal, Sequence sequence,
                            std::int64_t at_ms) {
  if (proposal.body.has_draft_closed()) return decide_closing(proposal, registry_, drafts_, at_ms);
  if (!proposal.body.has_alert_accepted()) return Accept{proposal.body};
  const auto& draft = proposal.body.alert_accepted();
  const auto& drills = registry_.drills();
  const auto* told = dynamic_cast<const Circumstances*>(proposal.circumstances.get());
  if (auto refusal = has_no_part(draft, drills)) return refuse(draft, std::move(*refusal));
  if (auto refusal = lacks_authority(claim_of(draft, told, registry_, territories_, at_ms)))
    return refuse(draft, std::move(*refusal));
  if (auto refusal = lacks_person(draft, registry_)) return refuse(draft, std::move(*refusal));
  if (auto known = same_alert(draft)) return std::move(*known);
  if (const auto* waiting = same_draft(draft, at_ms)) return AlreadyKnown{waiting->sequence};
  if (auto refusal = is_closed(drills::Channel::of(draft), drills, at_ms))
    return refuse(draft, std::move(*refusal));
  if (auto refusal = lacks_signature(draft, told, registry_, at_ms))
    return refuse(draft, std::move(*refusal));
  Accept accept{proposal.body};
  auto& alert = *accept.body.mutable_alert_accepted();
  name_signers(alert, told);
  name_references(alert, accepted_);
  if (auto refusal = lacks_approval(alert, registry_, drafts_, accepted_, documents_, at_ms))
    return refuse(draft, std::move(*refusal));
  auto life = judge_life(documents_, alert, at_ms);
  if (!life.code.empty())
    return refuse(draft, {std::move(life.code), std::move(life.detail), std::move(life.rules)});
  note(life, alert);
  if (auto refusal = wants_confirming(alert, life, told, at_ms))
    return refuse(draft, std::move(*refusal));
  if (stand_of(alert) == Stand::draft) return Accept{as_draft(alert, at_ms)};
  polygons_.mark(*alert.mutable_routing(0), told, registry_.polygons());
  routing_.complete(alert, sequence, accepted_, followed(life, alert));
  alert.set_subscribers(registry_.count_addressed(alert, sequence));
  return accept;
}

const Draft* AlertJudge::same_draft(const v1::AlertAccepted& alert, std::int64_t at_ms) const {
  return stand_of(alert) == Stand::draft ? drafts_.same(alert, at_ms) : nullptr;
}

std::optional<Refusal> AlertJudge::wants_confirming(v1::AlertAccepted& alert,
                                                    const LifeVerdict& life,
                                                    const Circumstances* told,
                                                    std::int64_t at_ms) const {
  const bool asking = questioning_ == Questioning::ask;
  const auto before = asking ? repeats_.before(alert, at_ms) : 0;
  if (auto refusal = repeats_too_often(before)) return refusal;
  std::vector<std::string> asked;
  if (told != nullptr) asked = told->questions;
  if (told != nullptr)
    for (auto& question : misdrawn_areas(told->drawn, documents_.masters()))
      asked.push_back(std::move(question));
  asked.insert(asked.end(), life.confirm.begin(), life.confirm.end());
  for (auto& question : widened_areas(
           alert, told == nullptr ? std::vector<std::string>{} : told->unpicked, documents_))
    asked.push_back(std::move(question));
  if (before >= Repeats::free_max) asked.push_back("repeat.again " + std::to_string(before));
  if (asked.empty()) return std::nullopt;
  if (!asking) {
    std::set<std::string> rules;
    for (const auto& question : asked) rules.insert(question.substr(0, question.find(' ')));
    for (const auto& rule : rules)
      if (std::find(alert.warnings().begin(), alert.warnings().end(), rule) ==
          alert.warnings().end())
        alert.add_warnings(rule);
    return std::nullopt;
  }
  Questions questions;
  questions.ask(asked);
  if (auto refusal = unanswered(questions.asked(),
                                told == nullptr ? std::vector<std::string>{} : told->answered))
    return refusal;
  for (const auto& question : questions.asked()) alert.add_confirmed(question);
  return std::nullopt;
}

void AlertJudge::note(const LifeVerdict& life, v1::AlertAccepted& alert) {
  const std::set<std::string> rules(life.warnings.begin(), life.warnings.end());
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
