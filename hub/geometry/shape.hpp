// Polygons on Earth, by GEOS: planar, in degrees, longitude before latitude. What crosses the
// 180th meridian is not understood.
//
// Threading  a Shape may be read and destroyed by any thread, one at a time.
#pragma once

#include <geos_c.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/shape.hpp"
#include "proto/result.hpp"

namespace noroshi::geometry {

struct Effort;  // effort.hpp

// A handle of GEOS, of the thread that first asked; lives as long as what was made with it.
class Context {
 public:
  static std::shared_ptr<Context> of_this_thread();
  Context();
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] GEOSContextHandle_t handle() const { return handle_; }
  // What went wrong last, in GEOS's words; it names the place.
  [[nodiscard]] const std::string& error() const { return error_; }
  void forget_error() { error_.clear(); }

 private:
  GEOSContextHandle_t handle_;
  std::string error_;
};

class Shape {
 public:
  // Takes over `geometry`, which is of `context`.
  Shape(std::shared_ptr<Context> context, GEOSGeometry* geometry);

  [[nodiscard]] const GEOSGeometry* get() const { return geometry_.get(); }
  [[nodiscard]] const Context& context() const { return *context_; }

 private:
  struct Destroy {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
  };
  std::shared_ptr<Context> context_;
  std::unique_ptr<GEOSGeometry, Destroy> geometry_;
};

// The inside of a ring of CAP; it is closed where it is not. Nothing GEOS calls a polygon (fewer
// than four points): invalid.
Result<Shape> polygon(const std::vector<cap::Point>& ring);

// The same as an area that can be asked about: where the ring crosses itself, which is warned of
// and accepted (cap.R069), what it encloses. Invalid when it encloses nothing or costs more than
// is left of `effort`.
Result<Shape> area(const std::vector<cap::Point>& ring, Effort& effort);

// A circle of CAP as the polygon of 64 sides around it, so that what lies inside the polygon's
// bounds holds for the circle; at most half a percent larger. A radius of 0 is a point. Beyond 85
// degrees of latitude, or on more than half the globe, invalid.
Result<Shape> circle(const cap::Circle& circle);

// Polygons and multipolygons alone, at most `points_max` points, everywhere on Earth, within one
// Effort; invalid otherwise, saying what and where. Rings that cross are repaired (GEOSMakeValid),
// and what has no area left after it is invalid.
inline constexpr std::size_t points_max = 20'000;
Result<Shape> area_from_wkb(std::string_view bytes);
// … out of a Geometry, Feature or FeatureCollection (RFC 7946); several become one.
Result<Shape> area_from_geojson(std::string_view text);

// The polygons of an area, each its outside and then its holes; every ring is closed.
using Rings = std::vector<std::vector<cap::Point>>;
std::vector<Rings> polygons_of(const Shape& shape);

std::string to_wkb(const Shape& shape);
std::size_t count_points(const Shape& shape);

}  // namespace noroshi::geometry
