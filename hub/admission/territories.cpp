#include "hub/admission/territories.hpp"

#include <algorithm>

namespace noroshi::admission {

const geometry::Territory* Territories::of(const registry::Publisher& publisher) {
  if (kept_.size() >= kept_max && !kept_.contains(publisher.code)) make_room();
  auto& kept = kept_[publisher.code];
  kept.asked = ++asked_;
  if (kept.registered != publisher.territory) {
    kept.registered = publisher.territory;
    const auto area = geometry::area_from_wkb(*publisher.territory);
    kept.territory = area ? std::make_unique<const geometry::Territory>(*area) : nullptr;
  }
  return kept.territory.get();
}

void Territories::make_room() {
  kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) {
    return a.second.asked < b.second.asked;
  }));
}

}  // namespace noroshi::admission
