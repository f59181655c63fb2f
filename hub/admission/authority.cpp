#include "hub/admission/authority.hpp"

#include <algorithm>
#include <utility>

#include "hub/admission/approval.hpp"
#include "proto/cap/instant.hpp"
#include "proto/jp/codes.hpp"

namespace noroshi::admission {
namespace {

using registry::Principal;
using registry::Publisher;

// For people and logs: nothing cannot be read.
std::string named(const std::string& value) { return value.empty() ? "-" : value; }

template <class Allowed>
std::vector<std::string> denied(const std::vector<std::string>& values, const Allowed& allowed) {
  std::vector<std::string> left;
  for (const auto& value : values)
    if (!allowed(value)) left.push_back(named(value));
  return left;
}

std::optional<Refusal> lacks_identity(const Claim& claim) {
  const std::string speaker(claim.speaker_code);
  if (!claim.good_for) {
    const bool certificate = claim.credential.starts_with(registry::certificate_credential_prefix);
    return Refusal{certificate ? "auth.certificate" : "auth.required", speaker, {}};
  }
  if (*claim.good_for != claim.drill)
    return Refusal{"auth.status", named(std::string(claim.drill)), {}};
  if (claim.speaker == nullptr || claim.speaker->suspended)
    return Refusal{"auth.suspended", speaker, {}};
  return std::nullopt;
}

std::optional<Refusal> lacks_proxy_right(const Claim& claim) {
  if (claim.holder_code == claim.speaker_code) return std::nullopt;
  const std::string holder(claim.holder_code);
  const auto until =
      claim.holder == nullptr ? std::nullopt : claim.holder->typed_for_until(claim.speaker_code);
  if (!until) return refusal("auth.sender", "auth.proxy", {holder});
  if (*until <= claim.at_ms) {
    const auto ended = cap::cap_datetime(*until);
    return Refusal{
        "auth.sender", holder + " " + ended, {"auth.proxy " + holder, "auth.proxy.ended " + ended}};
  }
  if (claim.holder->suspended) return Refusal{"auth.suspended", holder, {}};
  return std::nullopt;
}

std::vector<std::string> outside(const std::vector<Outline>& outlines,
                                 const geometry::Territory* territory) {
  std::vector<std::string> areas;
  for (const auto& outline : outlines) {
    const bool inside = territory != nullptr && !outline.unreadable &&
                        std::all_of(outline.shapes.begin(), outline.shapes.end(),
                                    [&](const auto& shape) { return territory->covers(shape); });
    if (!inside) areas.push_back(outline.area);
  }
  return areas;
}

std::vector<std::string> events_of(const v1::AlertAccepted& draft) {
  std::vector<std::string> events;
  if (draft.routing_size() > 0)
    events.assign(draft.routing(0).events().begin(), draft.routing(0).events().end());
  if (draft.to_everybody()) events.emplace_back();
  const auto level = draft.summary().level();
  if (level > 0) events.push_back("evac.l" + std::to_string(std::min(level, 5U)));
  return events;
}

}  // namespace

Action action_of(std::string_view message_type) {
  if (message_type == "Alert") return Action::alert;
  if (message_type == "Update") return Action::update;
  return message_type == "Cancel" ? Action::cancel : Action::other;
}

std::optional<Refusal> lacks_authority(const Claim& claim) {
  if (claim.action == Action::other) return Refusal{"alert.invalid", "", {"admission.type"}};
  if (auto refused = lacks_identity(claim)) return refused;
  if (auto refused = lacks_proxy_right(claim)) return refused;

  const auto& holder = *claim.holder;
  if (!holder.may_send_as(claim.sender))
    return refusal("auth.sender", "auth.sender", {std::string(claim.sender)});
  if (holder.policy.profile_required() && !claim.profiled)
    return refusal("alert.invalid", "admission.profile", {std::string(jp::profile_mark)});

  const auto areas =
      denied(claim.areas, [&](const auto& area) { return holder.may_speak_for(area); });
  if (!areas.empty()) return refusal("auth.area", "auth.area", areas);
  const auto events =
      denied(claim.events, [&](const auto& event) { return holder.may_speak_about(event); });
  if (!events.empty()) return refusal("auth.event", "auth.event", events);
  if (!claim.outside.empty()) return refusal("auth.area", "auth.territory", claim.outside);
  return std::nullopt;
}

Claim claim_of(const v1::AlertAccepted& draft, const Circumstances* circumstances,
               const registry::Registry& registry, Territories& territories, std::int64_t at_ms) {
  Claim claim;
  claim.holder_code = draft.publisher();
  claim.speaker_code = draft.typed_by().empty() ? draft.publisher() : draft.typed_by();
  claim.holder = registry.publisher(claim.holder_code);
  claim.speaker = registry.publisher(claim.speaker_code);
  claim.credential = draft.credential();
  // A person's credential is theirs, whomever they act for; what they may is approval.hpp's.
  const auto& officer = acting_officer(draft);
  claim.good_for =
      officer.empty()
          ? registry.good_for(Principal::Kind::publisher, std::string(claim.speaker_code),
                              draft.credential(), at_ms)
          : registry.good_for(Principal::Kind::officer, officer, draft.credential(), at_ms);
  claim.drill = draft.drill();
  const auto& summary = draft.summary();
  claim.action = action_of(summary.message_type());
  claim.profiled = !draft.update_kind().empty();
  claim.sender = summary.sender();
  claim.areas.assign(summary.area_codes().begin(), summary.area_codes().end());
  if (draft.areas_without_code() > 0) claim.areas.emplace_back();
  claim.events = events_of(draft);
  claim.at_ms = at_ms;
  if (claim.holder == nullptr || !claim.holder->territory) return claim;
  if (circumstances == nullptr)
    claim.outside.emplace_back("-");
  else if (!circumstances->outlines.empty())
    claim.outside = outside(circumstances->outlines, territories.of(*claim.holder));
  return claim;
}

}  // namespace noroshi::admission
