#include "subscribers/subscribe/map_geometry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <optional>
#include <vector>

#include "proto/cap/shape.hpp"

namespace noroshi::subscribers {

namespace {

using Ring = std::vector<cap::Point>;

constexpr int circle_corners = 64;
constexpr double earth_radius_kilometers = 6371.0088;  // mean, IUGG
constexpr double radians = std::numbers::pi / 180.0;

// Longitudes without jumps, so that a ring over the antimeridian is in one piece. Nothing when it
// goes around a pole.
std::optional<Ring> without_jumps(Ring ring) {
  for (std::size_t i = 1; i < ring.size(); ++i)
    while (std::abs(ring[i].longitude - ring[i - 1].longitude) > 180.0)
      ring[i].longitude += ring[i].longitude > ring[i - 1].longitude ? -360.0 : 360.0;
  if (std::abs(ring.back().longitude - ring.front().longitude) > 1.0) return std::nullopt;
  ring.back() = ring.front();
  return ring;
}

enum class Side { east_of, west_of };

bool inside(const cap::Point& point, double meridian, Side side) {
  return side == Side::east_of ? point.longitude >= meridian : point.longitude <= meridian;
}

// The part of a closed ring on one side of a meridian (Sutherland and Hodgman, 1974).
Ring clipped(const Ring& ring, double meridian, Side side) {
  Ring kept;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto& from = ring[i - 1];
    const auto& to = ring[i];
    if (inside(from, meridian, side)) kept.push_back(from);
    if (inside(from, meridian, side) == inside(to, meridian, side)) continue;
    const double part = (meridian - from.longitude) / (to.longitude - from.longitude);
    kept.push_back({from.latitude + part * (to.latitude - from.latitude), meridian});
  }
  if (!kept.empty()) kept.push_back(kept.front());
  return kept;
}

double twice_the_area(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    sum += ring[i - 1].longitude * ring[i].latitude - ring[i].longitude * ring[i - 1].latitude;
  return sum;
}

void add(std::vector<Ring>& rings, Ring ring) {
  if (ring.size() < 4) return;
  if (twice_the_area(ring) < 0) std::reverse(ring.begin(), ring.end());
  rings.push_back(std::move(ring));
}

void add_cut(std::vector<Ring>& rings, const Ring& whole) {
  const auto ring = without_jumps(whole);
  if (!ring) return;
  const auto [west, east] =
      std::minmax_element(ring->begin(), ring->end(),
                          [](const auto& a, const auto& b) { return a.longitude < b.longitude; });
  if (west->longitude >= -180.0 && east->longitude <= 180.0) return add(rings, *ring);
  for (const double turn : {-360.0, 0.0, 360.0}) {
    auto piece = clipped(clipped(*ring, turn - 180.0, Side::east_of), turn + 180.0, Side::west_of);
    for (auto& point : piece) point.longitude -= turn;
    add(rings, std::move(piece));
  }
}

// To 0.1 m.
double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

Ring drawn(const cap::Circle& circle) {
  Ring ring;
  const double reach = circle.radius_kilometers / earth_radius_kilometers;
  const double latitude = circle.centre.latitude * radians;
  for (int corner = 0; corner < circle_corners; ++corner) {
    const double bearing = 2.0 * std::numbers::pi * corner / circle_corners;
    const double to = std::asin(std::sin(latitude) * std::cos(reach) +
                                std::cos(latitude) * std::sin(reach) * std::cos(bearing));
    const double over = std::atan2(std::sin(bearing) * std::sin(reach) * std::cos(latitude),
                                   std::cos(reach) - std::sin(latitude) * std::sin(to));
    ring.push_back({rounded(to / radians), rounded(circle.centre.longitude + over / radians)});
  }
  ring.push_back(ring.front());
  return ring;
}

bool on_earth(const Ring& ring) {
  return std::all_of(ring.begin(), ring.end(), [](const auto& p) { return cap::on_earth(p); });
}

std::string text_of(const cap::Point& point) {
  return fmt::format("[{},{}]", point.longitude, point.latitude);
}

std::string text_of(const Ring& ring) {
  std::string text;
  for (const auto& point : ring) text += (text.empty() ? "" : ",") + text_of(point);
  return "[[" + text + "]]";
}

}  // namespace

bool drawable(const cap::Circle& circle) {
  return cap::on_earth(circle.centre) && circle.radius_kilometers >= 0 &&
         circle.radius_kilometers <= earth_radius_kilometers * std::numbers::pi;
}

std::string geometry(const cap::Area& area) {
  std::vector<Ring> rings;
  std::optional<cap::Point> spot;
  for (const auto& polygon : area.polygon)
    if (const auto ring = cap::ring(polygon); ring && ring->size() >= 4 && on_earth(*ring))
      add_cut(rings, *ring);
  for (const auto& text : area.circle) {
    const auto circle = cap::circle(text);
    if (!circle || !drawable(*circle)) continue;
    if (circle->radius_kilometers > 0)
      add_cut(rings, drawn(*circle));
    else
      spot = circle->centre;
  }
  if (rings.empty())
    return spot ? R"({"type":"Point","coordinates":)" + text_of(*spot) + "}" : "null";
  if (rings.size() == 1)
    return R"({"type":"Polygon","coordinates":)" + text_of(rings.front()) + "}";
  std::string all;
  for (const auto& ring : rings) all += (all.empty() ? "" : ",") + text_of(ring);
  return R"({"type":"MultiPolygon","coordinates":[)" + all + "]}";
}

}  // namespace noroshi::subscribers
