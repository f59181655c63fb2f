#include "hub/in_force/territories.hpp"

#include "hub/geometry/position.hpp"

namespace noroshi::in_force {

void Territories::set(const std::string& publisher, const std::string& well_known_binary) {
  by_publisher_.erase(publisher);
  if (well_known_binary.empty()) return;
  if (auto area = geometry::area_from_wkb(well_known_binary))
    by_publisher_.emplace(publisher, std::move(*area));
}

std::set<std::string> Territories::at(cap::Point position) const {
  const auto point = geometry::position(position);
  std::set<std::string> here;
  for (const auto& [code, territory] : by_publisher_)
    if (territory.prepared.intersects(point)) here.insert(code);
  return here;
}

}  // namespace noroshi::in_force
