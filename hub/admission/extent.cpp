#include "hub/admission/extent.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "hub/geometry/shape.hpp"
#include "hub/geometry/territory.hpp"

namespace noroshi::admission {
namespace {

constexpr double degree_km = 111.2;
constexpr double latitude_max = 89;

void add(std::optional<Extent>& sum, const Extent& part) {
  sum = sum ? together(*sum, part) : part;
}

Extent extent_of(const std::vector<cap::Point>& ring) {
  const auto [south, north] = std::minmax_element(
      ring.begin(), ring.end(), [](auto a, auto b) { return a.latitude < b.latitude; });
  const auto [west, east] = std::minmax_element(
      ring.begin(), ring.end(), [](auto a, auto b) { return a.longitude < b.longitude; });
  return {south->latitude, west->longitude, north->latitude, east->longitude,
          square_kilometers(ring)};
}

Extent extent_of(const cap::Circle& circle) {
  const auto& [latitude, longitude] = circle.centre;
  const double up = circle.radius_kilometers / degree_km;
  const double furthest = std::min(std::abs(latitude) + up, latitude_max);
  const double across = up / std::cos(furthest * std::numbers::pi / 180);
  return {latitude - up, longitude - across, latitude + up, longitude + across,
          std::numbers::pi * circle.radius_kilometers * circle.radius_kilometers};
}

}  // namespace

Extent together(const Extent& a, const Extent& b) {
  return {std::min(a.south, b.south), std::min(a.west, b.west), std::max(a.north, b.north),
          std::max(a.east, b.east), a.square_kilometers + b.square_kilometers};
}

bool apart(const Extent& a, const Extent& b) {
  constexpr double gap = geometry::tolerance_degrees;
  return a.south > b.north + gap || b.south > a.north + gap || a.west > b.east + gap ||
         b.west > a.east + gap;
}

double square_kilometers(const std::vector<cap::Point>& ring) {
  if (ring.size() < 3) return 0;
  const auto [south, north] = std::minmax_element(
      ring.begin(), ring.end(), [](auto a, auto b) { return a.latitude < b.latitude; });
  const double middle = (south->latitude + north->latitude) / 2 * std::numbers::pi / 180;
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[(i + 1) % ring.size()];
    twice += a.longitude * b.latitude - b.longitude * a.latitude;
  }
  return std::abs(twice) / 2 * degree_km * degree_km * std::cos(middle);
}

std::optional<Extent> extent_of(const cap::Area& area) {
  std::optional<Extent> sum;
  for (const auto& text : area.polygon)
    if (const auto ring = cap::ring(text); ring && !ring->empty()) add(sum, extent_of(*ring));
  for (const auto& text : area.circle)
    if (const auto circle = cap::circle(text)) add(sum, extent_of(*circle));
  return sum;
}

std::optional<Extent> extent_of(std::string_view well_known_binary) {
  std::optional<Extent> sum;
  if (well_known_binary.empty()) return sum;
  const auto area = geometry::area_from_wkb(well_known_binary);
  if (!area) return sum;
  for (const auto& rings : geometry::polygons_of(*area)) {
    auto part = extent_of(rings.front());
    for (std::size_t hole = 1; hole < rings.size(); ++hole)
      part.square_kilometers -= square_kilometers(rings[hole]);
    add(sum, part);
  }
  return sum;
}

}  // namespace noroshi::admission
