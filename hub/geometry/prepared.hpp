// A shape that is asked about again and again, indexed once.
//
// Threading  may be asked by any thread, one at a time.
#pragma once

#include <geos_c.h>

#include <memory>

#include "hub/geometry/shape.hpp"

namespace noroshi::geometry {

// The shape it is made of outlives it; it may be moved meanwhile.
class Prepared {
 public:
  explicit Prepared(const Shape& shape);

  // A border belongs to both sides. False also when GEOS cannot tell, as of rings that cross
  // themselves along the edge.
  [[nodiscard]] bool intersects(const Shape& other) const;
  // True when GEOS cannot tell, and of no geometry.
  [[nodiscard]] bool may_intersect(const Shape& other) const;
  [[nodiscard]] bool covers(const Shape& other) const;

 private:
  struct Destroy {
    GEOSContextHandle_t handle;
    void operator()(const GEOSPreparedGeometry* prepared) const {
      GEOSPreparedGeom_destroy_r(handle, prepared);
    }
  };
  std::shared_ptr<Context> context_;
  std::unique_ptr<const GEOSPreparedGeometry, Destroy> prepared_;  // null: of no geometry
};

}  // namespace noroshi::geometry
