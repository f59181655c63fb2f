#include "hub/admission/outlines.hpp"

#include <utility>

#include "hub/geometry/effort.hpp"
#include "proto/cap/finding.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::admission {
namespace {

void add(Outline& outline, Result<geometry::Shape> shape, geometry::Effort& effort) {
  if (shape && geometry::affordable(*shape, effort))
    outline.shapes.push_back(std::move(*shape));
  else
    outline.unreadable = true;
}

Outline outline_of(std::string label, const cap::Area& area, geometry::Effort& effort) {
  Outline outline{std::move(label), {}};
  for (const auto& text : area.polygon) {
    const auto ring = cap::ring(text);
    add(outline, ring ? geometry::polygon(*ring) : failure(ErrorCode::invalid, "polygon"), effort);
  }
  for (const auto& text : area.circle) {
    const auto circle = cap::circle(text);
    add(outline, circle ? geometry::circle(*circle) : failure(ErrorCode::invalid, "circle"),
        effort);
  }
  return outline;
}

}  // namespace

std::vector<Outline> outlines_of(const cap::Alert& alert) {
  std::vector<Outline> outlines;
  geometry::Effort effort;
  for (std::size_t i = 0; i < alert.info.size(); ++i)
    for (std::size_t j = 0; j < alert.info[i].area.size(); ++j) {
      const auto& area = alert.info[i].area[j];
      if (area.polygon.empty() && area.circle.empty()) continue;
      outlines.push_back(outline_of(area_label(i, j, area), area, effort));
    }
  return outlines;
}

std::string area_label(std::size_t info, std::size_t area, const cap::Area& which) {
  return "info[" + std::to_string(info + 1) + "]/area[" + std::to_string(area + 1) + "] " +
         cap::shown(which.area_desc.value);
}

}  // namespace noroshi::admission
