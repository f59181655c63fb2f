#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "proto/cap/limits.hpp"
#include "proto/cap/rules.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

constexpr std::size_t ring_points_min = 4;

// The points of `polygon`; nothing when one is wrong, which is then reported.
std::optional<std::vector<Point>> points_of(const Text& polygon, const Path& path,
                                            AreaBudget& budget, Findings& findings) {
  const auto words = words_of(polygon);
  if (words.size() > ring_points_max || words.size() > budget.points_left) {
    findings.error("R002", path, polygon.place, {}, "points");
    budget.points_left -= std::min(words.size(), budget.points_left);
    return std::nullopt;
  }
  budget.points_left -= words.size();
  std::vector<Point> points;
  for (const auto word : words) {
    const auto next = point(word);
    if (!next) {
      findings.error("R061", path, polygon.place, word);
      return std::nullopt;
    }
    if (!on_earth(*next)) {
      findings.error("R063", path, polygon.place, word);
      return std::nullopt;
    }
    points.push_back(*next);
  }
  return points;
}

void check_polygon(const Text& polygon, const Path& path, AreaBudget& budget, Findings& findings) {
  const auto points = points_of(polygon, path, budget, findings);
  if (!points) return;
  if (points->size() < ring_points_min) {
    findings.error("R062", path, polygon.place, fmt::to_string(points->size()), "few");
  } else if (points->front() != points->back()) {
    findings.error("R062", path, polygon.place, words_of(polygon).back(), "open");
  } else if (crosses_itself(*points, budget.crossing)) {
    findings.warn("R069", path, polygon.place);
  }
}

void check_circle(const Text& text, const Path& path, Findings& findings) {
  const auto round = circle(text);
  if (!round || round->radius_kilometers < 0) return findings.error("R064", path, text.place, text);
  if (!on_earth(round->centre)) findings.error("R063", path, text.place, text);
  if (round->radius_kilometers == 0) findings.warn("R064", path, text.place, text, "zero");
}

void check_heights(const Area& area, const Path& path, Findings& findings) {
  const auto altitude = area.altitude ? decimal(*area.altitude) : std::nullopt;
  const auto ceiling = area.ceiling ? decimal(*area.ceiling) : std::nullopt;
  if (area.altitude && !altitude)
    findings.error("R066", Path(path, "altitude"), area.altitude->place, *area.altitude);
  if (!area.ceiling) return;
  if (!ceiling) findings.error("R067", Path(path, "ceiling"), area.ceiling->place, *area.ceiling);
  if (!area.altitude) {
    findings.error("R068", Path(path, "ceiling"), area.ceiling->place, *area.ceiling, "alone");
  } else if (altitude && ceiling && *ceiling < *altitude) {
    findings.error("R068", Path(path, "ceiling"), area.ceiling->place, *area.ceiling, "below");
  }
}

}  // namespace

void check_area(const Area& area, const Path& path, AreaBudget& budget, Findings& findings) {
  if (is_blank(area.area_desc))
    findings.error("R060", Path(path, "areaDesc"), place_of(area.area_desc, area.place));
  for (std::size_t i = 0; i < area.polygon.size(); ++i)
    check_polygon(area.polygon[i], Path(path, "polygon", i + 1), budget, findings);
  for (std::size_t i = 0; i < area.circle.size(); ++i)
    check_circle(area.circle[i], Path(path, "circle", i + 1), findings);
  check_heights(area, path, findings);
}

}  // namespace noroshi::cap
