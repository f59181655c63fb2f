#include "hub/in_force/districts.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace noroshi::in_force {
namespace {

using Shapes = std::vector<std::string>;

class Register {
 public:
  explicit Register(const v1::DistrictsRegistered& registered) {
    for (const auto& district : registered.districts()) {
      by_id_.emplace(district.id(), Shapes{district.area()});
      for (const auto& group : district.groups()) by_group_[group].push_back(district.area());
    }
  }

  // A district's own id comes before a group of that name.
  [[nodiscard]] Shapes of(const std::string& name) const {
    const auto found = by_id_.find(name);
    if (found != by_id_.end()) return drawn(found->second);
    const auto group = by_group_.find(name);
    return group == by_group_.end() ? Shapes{} : drawn(group->second);
  }

 private:
  static Shapes drawn(const Shapes& shapes) {
    const bool all =
        std::none_of(shapes.begin(), shapes.end(), [](const auto& shape) { return shape.empty(); });
    return all ? shapes : Shapes{};
  }

  std::unordered_map<std::string, Shapes> by_id_;
  std::unordered_map<std::string, Shapes> by_group_;
};

}  // namespace

void draw(Areas& areas, std::string_view code, const v1::DistrictsRegistered* districts) {
  const Register registered(districts == nullptr ? v1::DistrictsRegistered{} : *districts);
  for (auto& area : areas.areas) {
    const auto colon = area.district.find(':');
    if (area.has_own_shape() || colon == std::string::npos ||
        std::string_view(area.district).substr(0, colon) != code)
      continue;
    const auto name = area.district.substr(colon + 1);
    area.registered = name == "*" ? Shapes{} : registered.of(name);
  }
}

}  // namespace noroshi::in_force
