// What a shape may cost to be compared, counted before GEOS is given it. GEOS compares edges whose
// boxes overlap, which for edges that all lie side by side is points times points, and repairs
// rings at every crossing, of which there may be as many.
#pragma once

#include <cstddef>

#include "hub/geometry/shape.hpp"

namespace noroshi::geometry {

// What is left of it; kept by the caller over all shapes of one document. No boundary on a map
// comes near: a coast of 20,000 points needs less than a million comparisons.
struct Effort {
  std::size_t points = 50'000;          // an order of 2,000 districts
  std::size_t comparisons = 8'000'000;  // of edges whose latitudes overlap: 4,000 side by side
  std::size_t crossings = 1'000;        // of edges with each other
};

// Whether the shape keeps within `effort`, which it uses up as far as it was counted. At most
// effort.comparisons steps, and sorting effort.points.
bool affordable(const Shape& shape, Effort& effort);

}  // namespace noroshi::geometry
