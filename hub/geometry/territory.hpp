// Whether shapes lie inside a registered area, asked again and again: the area is indexed once.
//
// Threading  may be asked by any thread, one at a time.
#pragma once

#include "hub/geometry/prepared.hpp"
#include "hub/geometry/shape.hpp"

namespace noroshi::geometry {

// How far a shape may reach over the edge, in degrees: 111 m to the north, 90 m to the east at 35
// degrees. Municipal boundaries are published at 1:25,000 (25 m on the ground) and are generalised
// before use, and districts are drawn from other maps: the same edge is seldom the same numbers.
// It is less than a block of houses, and no neighbouring district fits into it.
inline constexpr double tolerance_degrees = 0.001;

class Territory {
 public:
  explicit Territory(const Shape& area);

  // False also when GEOS cannot tell, as of rings that cross themselves along the edge.
  [[nodiscard]] bool covers(const Shape& shape) const { return prepared_.covers(shape); }

 private:
  Shape widened_;
  Prepared prepared_;
};

}  // namespace noroshi::geometry
