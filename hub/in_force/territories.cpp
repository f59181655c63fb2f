#include "hub/in_force/territories.hpp"

#include <utility>

namespace noroshi::in_force {

void Territories::set(const std::string& publisher, const std::string& well_known_binary) {
  by_publisher_.erase(publisher);
  if (well_known_binary.empty()) return;
  auto geometry = geos_.from_wkb(well_known_binary);
  if (!geometry) return;
  auto prepared = geos_.prepare(*geometry);
  by_publisher_.emplace(publisher, Territory{std::move(geometry), std::move(prepared)});
}

std::set<std::string> Territories::at(cap::Point position) const {
  const auto point = geos_.point(position);
  std::set<std::string> here;
  for (const auto& [code, territory] : by_publisher_)
    if (GEOSPreparedIntersects_r(geos_.context(), territory.prepared.get(), point.get()) == 1)
      here.insert(code);
  return here;
}

}  // namespace noroshi::in_force
