#include "hub/admission/approval.hpp"

#include <algorithm>
#include <utility>

#include "hub/admission/drill.hpp"

namespace noroshi::admission {
namespace {

namespace role = registry::role;

constexpr std::uint32_t high_level = 4;

bool acts_for(const registry::Officer& officer, const v1::AlertAccepted& alert) {
  return officer.publisher == alert.publisher() ||
         (!alert.typed_by().empty() && officer.publisher == alert.typed_by());
}

// `also`: a second role that will do; "" for none.
std::optional<Refusal> lacks_role(const std::string& login, std::string_view wanted,
                                  std::string_view also, const v1::AlertAccepted& alert,
                                  const registry::Registry& registry) {
  const auto* officer = registry.officer(login);
  if (officer == nullptr || officer->suspended) return Refusal{"auth.suspended", login, {}};
  if (!acts_for(*officer, alert)) return Refusal{"auth.role", login + " " + officer->publisher, {}};
  if (officer->is(wanted) || (!also.empty() && officer->is(also))) return std::nullopt;
  return Refusal{"auth.role", login + " " + std::string(wanted), {}};
}

bool asks_two_people(const std::string& code, const registry::Registry& registry) {
  const auto* publisher = registry.publisher(code);
  return publisher != nullptr && publisher->policy.two_people();
}

void add(std::vector<std::string>& reasons, std::string reason) {
  if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
    reasons.push_back(std::move(reason));
}

bool is_high(std::string_view event) { return event == "evac.l4" || event == "evac.l5"; }

// What an accepted alert stated itself: its own part of the routing comes first.
std::uint32_t level_of(const AcceptedAlert& accepted) {
  v1::AlertAccepted routing;
  if (!routing.ParseFromString(accepted.routing) || routing.routing_size() == 0) return 0;
  return routing.routing(0).level();
}

std::optional<Refusal> voided(const Draft& draft) {
  switch (draft.end) {
    case Draft::End::none:
      return std::nullopt;
    case Draft::End::replaced:
      return Refusal{"draft.closed", draft.submitted.id() + " -> " + draft.reason, {}};
    case Draft::End::withdrawn:
    case Draft::End::approved:
      break;
  }
  return Refusal{"draft.closed", draft.submitted.id() + " " + draft.by, {}};
}

std::optional<Refusal> bad_signature(const v1::AlertAccepted& alert, const Drafts& drafts,
                                     std::int64_t at_ms) {
  const auto& approval = alert.approval();
  const auto* draft = drafts.find(drills::Channel::of(alert), approval.draft());
  if (draft == nullptr) return Refusal{"draft.unknown", approval.draft(), {}};
  const auto& submitted = draft->submitted;
  if (submitted.publisher() != alert.publisher() || submitted.author() != approval.author() ||
      submitted.content_sha256() != alert.content_sha256())
    return Refusal{"draft.changed", approval.draft(), {}};
  if (auto refusal = voided(*draft)) return refusal;
  if (!draft->waits_at(at_ms)) return Refusal{"draft.expired", approval.draft(), {}};
  if (approval.author() == approval.approver())
    return refusal("approval.required", "approval.self", {approval.author()});
  return std::nullopt;
}

bool of_same_office(const registry::Officer& officer, const v1::DraftSubmitted& draft,
                    const registry::Registry& registry) {
  const auto* author = registry.officer(draft.author());
  return officer.publisher == draft.publisher() ||
         (author != nullptr && author->publisher == officer.publisher);
}

journal::Refuse no(std::string code, std::string detail) {
  return {std::move(code), std::move(detail), {}, std::nullopt};
}

}  // namespace

Stand stand_of(const v1::Approval& approval) {
  if (approval.author().empty() && approval.draft().empty()) return Stand::system;
  if (!approval.draft().empty())
    return approval.approver().empty() ? Stand::draft : Stand::approved;
  return approval.break_glass_reason().empty() ? Stand::alone : Stand::break_glass;
}

const std::string& acting_officer(const v1::AlertAccepted& alert) {
  const auto& approval = alert.approval();
  return stand_of(alert) == Stand::approved ? approval.approver() : approval.author();
}

std::optional<Refusal> lacks_person(const v1::AlertAccepted& alert,
                                    const registry::Registry& registry) {
  const auto stand = stand_of(alert);
  if (stand == Stand::system) return std::nullopt;
  const auto& approval = alert.approval();
  const auto also = stand == Stand::break_glass ? role::approver : std::string_view();
  if (auto refusal = lacks_role(approval.author(), role::drafter, also, alert, registry))
    return refusal;
  if (stand != Stand::approved) return std::nullopt;
  return lacks_role(approval.approver(), role::approver, "", alert, registry);
}

std::vector<std::string> reasons_for_two(const v1::AlertAccepted& alert,
                                         const AcceptedAlerts& accepted,
                                         const Documents& documents) {
  std::vector<std::string> reasons;
  if (alert.summary().message_type() == "Cancel") add(reasons, "cancel");
  const auto level = alert.summary().level();
  if (level >= high_level) add(reasons, "level " + std::to_string(std::min(level, 5U)));
  for (const auto& line : alert.lines()) {
    if (line.lift()) add(reasons, "lift");
    if (!line.lift() && is_high(line.event()))
      add(reasons, "level " + line.event().substr(line.event().size() - 1));
  }
  if (alert.routing_size() > 0)
    for (const auto& event : alert.routing(0).events())
      if (is_high(event)) add(reasons, "level " + event.substr(event.size() - 1));
  // However it is worded: whoever shows the order takes this in its place.
  const auto ends = [&](const AcceptedAlert* earlier) {
    const auto ended = earlier == nullptr ? 0 : level_of(*earlier);
    if (ended >= high_level) add(reasons, "ends level " + std::to_string(std::min(ended, 5U)));
  };
  for (const auto& reference : alert.references()) ends(accepted.find(alert, reference));
  if (const auto* document = documents.document_of(alert))
    ends(accepted.find(alert, document->sender, document->identifier));
  return reasons;
}

std::optional<Refusal> lacks_approval(const v1::AlertAccepted& alert,
                                      const registry::Registry& registry, const Drafts& drafts,
                                      const AcceptedAlerts& accepted, const Documents& documents,
                                      std::int64_t at_ms) {
  switch (stand_of(alert)) {
    case Stand::approved:
      return bad_signature(alert, drafts, at_ms);
    case Stand::draft:
      if (drafts.waiting_beside(alert, at_ms) >= drafts_waiting_max)
        return Refusal{"draft.too-many", std::to_string(drafts_waiting_max), {}};
      return std::nullopt;
    case Stand::break_glass:
      return std::nullopt;
    case Stand::system:
      if (!alert.drill().empty()) return std::nullopt;
      break;
    case Stand::alone:
      break;
  }
  if (!asks_two_people(alert.publisher(), registry) && !asks_two_people(alert.typed_by(), registry))
    return std::nullopt;
  const auto reasons = reasons_for_two(alert, accepted, documents);
  if (reasons.empty()) return std::nullopt;
  return refusal("approval.required", "approval.required", reasons);
}

v1::EntryBody as_draft(const v1::AlertAccepted& alert, std::int64_t at_ms) {
  v1::EntryBody body;
  auto& draft = *body.mutable_draft_submitted();
  draft.set_id(alert.approval().draft());
  draft.set_publisher(alert.publisher());
  draft.set_author(alert.approval().author());
  *draft.mutable_summary() = alert.summary();
  draft.set_content_sha256(alert.content_sha256());
  draft.set_content_size(alert.content_size());
  draft.set_until_ms(at_ms + draft_life_ms);
  drills::Channel::of(alert).mark(draft);
  return body;
}

journal::Decision decide_closing(const journal::Proposal& proposal,
                                 const registry::Registry& registry, const Drafts& drafts,
                                 std::int64_t at_ms) {
  const auto& closing = proposal.body.draft_closed();
  const auto* told = dynamic_cast<const Closing*>(proposal.circumstances.get());
  const auto* draft = told == nullptr ? nullptr : drafts.find(told->channel, closing.id());
  if (draft == nullptr) return no("draft.unknown", closing.id());
  const auto* officer = registry.officer(closing.by());
  if (officer == nullptr || officer->suspended) return no("auth.suspended", closing.by());
  if (!of_same_office(*officer, draft->submitted, registry))
    return no("draft.unknown", closing.id());
  if (!officer->is(role::drafter) && !officer->is(role::approver) && !officer->is(role::admin))
    return no("auth.role", closing.by());
  if (draft->end == Draft::End::withdrawn) return journal::AlreadyKnown{draft->ended_by};
  if (auto refusal = voided(*draft)) return no(refusal->code, refusal->detail);
  if (!draft->waits_at(at_ms)) return no("draft.expired", closing.id());
  if (auto refusal = is_closed(draft->channel, registry.drills(), at_ms))
    return no(refusal->code, refusal->detail);
  return journal::Accept{proposal.body};
}

}  // namespace noroshi::admission
