// GEOS for one thread: its geometries as values with an owner.
#pragma once

#include <geos_c.h>

#include <memory>
#include <string_view>
#include <vector>

#include "proto/cap/shape.hpp"

namespace noroshi::in_force {

// Belongs to one thread; outlives every geometry made with it.
class Geos {
 public:
  Geos() : context_(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(context_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  [[nodiscard]] GEOSContextHandle_t context() const { return context_; }

  struct Destroy {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
    void operator()(const GEOSPreparedGeometry* geometry) const {
      GEOSPreparedGeom_destroy_r(context, geometry);
    }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;
  using Prepared = std::unique_ptr<const GEOSPreparedGeometry, Destroy>;

  // Longitude is x. Null when GEOS can make no area of it, not even by mending.
  [[nodiscard]] Geometry polygon(const std::vector<cap::Point>& ring) const;
  [[nodiscard]] Geometry from_wkb(std::string_view well_known_binary) const;
  [[nodiscard]] Geometry point(cap::Point at) const;
  // The rectangle around a circle.
  [[nodiscard]] Geometry around(const cap::Circle& circle) const;
  [[nodiscard]] Prepared prepare(const GEOSGeometry& geometry) const;

 private:
  [[nodiscard]] Geometry owned(GEOSGeometry* geometry) const;
  [[nodiscard]] Geometry mended(Geometry geometry) const;

  GEOSContextHandle_t context_;
};

// Great-circle distance on a sphere of mean radius.
double kilometers_between(cap::Point a, cap::Point b);

}  // namespace noroshi::in_force
