#include "hub/admission/authority.hpp"

#include <string>
#include <vector>

namespace noroshi::admission {

std::optional<Refusal> lacks_authority(const v1::AlertAccepted& draft,
                                       const registry::Registry& registry) {
  const auto& summary = draft.summary();
  const auto* publisher = registry.publisher(draft.publisher());
  if (publisher == nullptr || publisher->suspended)
    return Refusal{"auth.suspended", draft.publisher(), {}};
  if (!publisher->may_send_as(summary.sender()))
    return refusal("auth.sender", "auth.sender", {summary.sender()});

  std::vector<std::string> foreign;
  for (const auto& code : summary.area_codes())
    if (!publisher->may_speak_for(code)) foreign.push_back(code);
  if (draft.areas_without_code() > 0 && !publisher->may_speak_for("")) foreign.emplace_back("-");
  if (!foreign.empty()) return refusal("auth.area", "auth.area", foreign);
  return std::nullopt;
}

}  // namespace noroshi::admission
