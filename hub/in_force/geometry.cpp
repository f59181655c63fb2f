#include "hub/in_force/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace noroshi::in_force {
namespace {

constexpr double earth_radius_kilometers = 6371.0088;
constexpr double kilometers_a_degree = 111.195;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

Geos::Geometry Geos::owned(GEOSGeometry* geometry) const {
  return Geometry(geometry, Destroy{context_});
}

Geos::Geometry Geos::polygon(const std::vector<cap::Point>& ring) const {
  auto* points = GEOSCoordSeq_create_r(context_, static_cast<unsigned>(ring.size()), /*dims=*/2);
  if (points == nullptr) return owned(nullptr);
  for (unsigned i = 0; i < ring.size(); ++i)
    GEOSCoordSeq_setXY_r(context_, points, i, ring[i].longitude, ring[i].latitude);
  auto* shell = GEOSGeom_createLinearRing_r(context_, points);  // owns the points, always
  if (shell == nullptr) return owned(nullptr);
  return mended(owned(GEOSGeom_createPolygon_r(context_, shell, nullptr, 0)));
}

// A ring that crosses itself is warned of and accepted (cap.R069), and its places are ordered to
// leave all the same.
Geos::Geometry Geos::mended(Geometry geometry) const {
  if (!geometry) return geometry;
  if (GEOSisValid_r(context_, geometry.get()) != 1)
    geometry = owned(GEOSMakeValid_r(context_, geometry.get()));
  constexpr int area = 2;
  if (!geometry || GEOSisEmpty_r(context_, geometry.get()) != 0 ||
      GEOSGeom_getDimensions_r(context_, geometry.get()) != area)
    return owned(nullptr);
  return geometry;
}

Geos::Geometry Geos::from_wkb(std::string_view well_known_binary) const {
  return mended(owned(GEOSGeomFromWKB_buf_r(
      context_, reinterpret_cast<const unsigned char*>(well_known_binary.data()),
      well_known_binary.size())));
}

Geos::Geometry Geos::point(cap::Point at) const {
  return owned(GEOSGeom_createPointFromXY_r(context_, at.longitude, at.latitude));
}

Geos::Geometry Geos::around(const cap::Circle& circle) const {
  const double north = circle.radius_kilometers / kilometers_a_degree + 1e-6;
  const double farthest = std::min(std::abs(circle.centre.latitude) + north, 89.0);
  const double east = std::min(north / std::cos(radians(farthest)), 360.0);
  const auto& [latitude, longitude] = circle.centre;
  return polygon({{latitude - north, longitude - east},
                  {latitude - north, longitude + east},
                  {latitude + north, longitude + east},
                  {latitude + north, longitude - east},
                  {latitude - north, longitude - east}});
}

Geos::Prepared Geos::prepare(const GEOSGeometry& geometry) const {
  return Prepared(GEOSPrepare_r(context_, &geometry), Destroy{context_});
}

double kilometers_between(cap::Point a, cap::Point b) {
  const double north = radians(b.latitude - a.latitude) / 2;
  const double east = radians(b.longitude - a.longitude) / 2;
  const double h = std::sin(north) * std::sin(north) + std::cos(radians(a.latitude)) *
                                                           std::cos(radians(b.latitude)) *
                                                           std::sin(east) * std::sin(east);
  return 2 * earth_radius_kilometers * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace noroshi::in_force
