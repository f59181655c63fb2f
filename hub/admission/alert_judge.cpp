#include "hub/admission/alert_judge.hpp"

#include <utility>

#include "hub/admission/authority.hpp"
#include "hub/admission/life.hpp"
#include "hub/admission/refusal.hpp"

namespace noroshi::admission {

using journal::Accept;
using journal::AlreadyKnown;
using journal::Decision;
using journal::Sequence;

void AlertJudge::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  accepted_.apply(entry);
  routing_.apply(entry);
}

Decision AlertJudge::decide(const journal::Proposal& proposal, Sequence sequence, std::int64_t) {
  if (!proposal.body.has_alert_accepted()) return Accept{proposal.body};
  const auto& draft = proposal.body.alert_accepted();
  if (auto refusal = lacks_authority(draft, registry_)) return refuse(draft, std::move(*refusal));
  if (auto known = same_alert(draft)) return std::move(*known);
  if (auto refusal = breaks_life(draft, accepted_)) return refuse(draft, std::move(*refusal));

  Accept accept{proposal.body};
  auto& alert = *accept.body.mutable_alert_accepted();
  for (const auto& identifier : unknown_references(draft, accepted_))
    alert.add_unknown_references(identifier);
  routing_.complete(alert, sequence, accepted_);
  alert.set_subscribers(registry_.count_addressed(alert, sequence));
  return accept;
}

std::optional<Decision> AlertJudge::same_alert(const v1::AlertAccepted& draft) const {
  const auto& summary = draft.summary();
  const auto* known = accepted_.find(draft.publisher(), summary.sender(), summary.identifier());
  if (known == nullptr) return std::nullopt;
  if (known->content_sha256 == draft.content_sha256()) return AlreadyKnown{known->sequence};
  return refuse(draft, refusal("alert.conflict", "cap.R090", {summary.identifier()}));
}

}  // namespace noroshi::admission
