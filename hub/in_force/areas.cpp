#include "hub/in_force/areas.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "proto/cap/validate.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::in_force {
namespace {

constexpr std::size_t ring_points_min = 4;

std::string_view language_tag(const cap::Info& info) {
  return info.language ? std::string_view(*info.language) : std::string_view("en-US");
}

std::vector<const cap::Info*> leading(const cap::Alert& alert) {
  std::vector<const cap::Info*> japanese;
  std::vector<const cap::Info*> first;
  for (const auto& info : alert.info) {
    if (jp::language_of(info) == jp::Language::japanese) japanese.push_back(&info);
    if (language_tag(info) == language_tag(alert.info.front())) first.push_back(&info);
  }
  return japanese.empty() ? first : japanese;
}

// The line that the info block belongs to; nothing when the log has lines and none is its.
std::optional<int> line_of(const cap::Info& info, const v1::AlertAccepted& alert) {
  if (alert.lines().empty()) return -1;
  const auto* hazard = jp::listed(info.event_code, jp::list::hazard);
  const auto hazard_code = hazard == nullptr ? std::string_view() : std::string_view(*hazard);
  const bool lifts = jp::direction_of(info) == jp::Direction::lift;
  for (int i = 0; i < alert.lines_size(); ++i) {
    const auto& line = alert.lines(i);
    if (line.event() == jp::event_of(info) && line.hazard() == hazard_code && line.lift() == lifts)
      return i;
  }
  return std::nullopt;
}

AreaOfAlert read_area(const cap::Area& area, int line) {
  AreaOfAlert read{line, area.area_desc.value, jp::area_code(area), jp::covered_district(area), {},
                   {}};
  for (const auto& polygon : area.polygon) {
    auto ring = cap::ring(polygon);
    if (ring && ring->size() >= ring_points_min && ring->front() == ring->back())
      read.polygons.push_back(std::move(*ring));
  }
  for (const auto& circle : area.circle)
    if (const auto round = cap::circle(circle)) read.circles.push_back(*round);
  return read;
}

}  // namespace

std::size_t Areas::points() const {
  std::size_t points = 0;
  for (const auto& area : areas) {
    points += area.circles.size();
    for (const auto& ring : area.polygons) points += ring.size();
  }
  return points;
}

Areas read_areas(std::string_view bytes, const v1::AlertAccepted& alert) {
  Areas read;
  const auto document = cap::validate(bytes, std::nullopt, 0).alert;
  if (!document || document->info.empty()) return read;
  for (const auto* info : leading(*document)) {
    const auto line = line_of(*info, alert);
    if (!line) continue;
    if (read.headline.empty() && info->headline) read.headline = info->headline->value;
    for (const auto& area : info->area) read.areas.push_back(read_area(area, *line));
  }
  return read;
}

}  // namespace noroshi::in_force
