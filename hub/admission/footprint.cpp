#include "hub/admission/footprint.hpp"

#include <algorithm>
#include <utility>

#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

bool draws(const cap::Info& info) {
  return !info.area.empty() &&
         std::all_of(info.area.begin(), info.area.end(), [](const auto& area) {
           return !area.polygon.empty() || !area.circle.empty();
         });
}

bool draws_all(const cap::Alert& alert) {
  const bool profiled = jp::follows_profile(alert);
  bool anything = false;
  for (const auto& info : alert.info) {
    if (profiled && jp::language_of(info) != jp::Language::japanese) continue;
    if (!draws(info)) return false;
    anything = true;
  }
  return anything;
}

}  // namespace

std::vector<geometry::Drawing> footprint_of(const cap::Alert& alert,
                                            const std::vector<Outline>& outlines) {
  std::vector<geometry::Drawing> drawings;
  if (!draws_all(alert)) return drawings;
  for (const auto& outline : outlines) {
    if (outline.unreadable) return {};
    for (const auto& shape : outline.shapes) drawings.push_back(geometry::drawing_of(shape));
  }
  return drawings;
}

void SubscribedPolygons::mark(v1::RoutingPart& part, const Circumstances* told,
                              const registry::Subscriptions::Polygons& registered) {
  if (registered.empty()) return;
  if (told == nullptr || told->footprint.empty()) return;
  if (regions_.size() > registered.size())
    std::erase_if(regions_, [&](const auto& kept) { return !registered.contains(kept.first); });
  part.set_drawn(true);
  auto comparisons = comparisons_max;
  for (const auto& [name, polygon] : registered) {
    const auto* whole = region(name, *polygon.bytes);
    if (whole == nullptr ||
        std::any_of(told->footprint.begin(), told->footprint.end(),
                    [&](const auto& drawing) { return whole->touches(drawing, comparisons); }))
      part.add_polygons(name);
  }
}

const geometry::Region* SubscribedPolygons::region(std::uint64_t name, const std::string& bytes) {
  const auto [kept, fresh] = regions_.try_emplace(name);
  if (fresh)
    if (auto area = geometry::area_from_wkb(bytes))
      kept->second = std::make_unique<const geometry::Region>(std::move(*area));
  return kept->second.get();
}

}  // namespace noroshi::admission
