#include "hub/admission/life.hpp"

namespace noroshi::admission {

std::vector<std::string> unknown_references(const v1::AlertAccepted& draft,
                                            const AcceptedAlerts& accepted) {
  std::vector<std::string> unknown;
  for (const auto& reference : draft.references())
    if (accepted.find(draft.publisher(), reference) == nullptr)
      unknown.push_back(reference.identifier());
  return unknown;
}

std::optional<Refusal> breaks_life(const v1::AlertAccepted& draft, const AcceptedAlerts& accepted) {
  std::vector<std::string> cancelled;
  for (const auto& reference : draft.references()) {
    const auto* known = accepted.find(draft.publisher(), reference);
    if (known != nullptr && known->cancelled) cancelled.push_back(reference.identifier());
  }
  if (!cancelled.empty()) return refusal("alert.invalid", "cap.R091", cancelled);

  if (draft.summary().message_type() != "Cancel") return std::nullopt;
  const auto unknown = unknown_references(draft, accepted);
  if (static_cast<int>(unknown.size()) < draft.references_size()) return std::nullopt;
  return refusal("alert.invalid", "cap.R091", unknown);
}

}  // namespace noroshi::admission
