// Whether what a document draws touches a registered area. What cannot be told, or costs too much
// to tell, counts as touching: nothing is lost to a bound.
#pragma once

#include <cstddef>
#include <vector>

#include "hub/geometry/position.hpp"
#include "hub/geometry/prepared.hpp"
#include "hub/geometry/shape.hpp"

namespace noroshi::geometry {

// One shape, made ready to be compared with many regions. The shape must outlive it, in its place.
struct Drawing {
  const Shape* shape = nullptr;
  // Where it lies; all of Earth when that cannot be told, as of what reaches over the 180th
  // meridian (RFC 7946 section 3.1.9 has such shapes cut there).
  Box box;
  // Nothing more is known of it than the box: its ring crosses itself.
  bool vague = false;
  std::vector<Box> edges;
};
Drawing drawing_of(const Shape& shape);

// Threading  may be asked by any thread, one at a time.
class Region {
 public:
  // `area` is a polygon or multipolygon, valid.
  explicit Region(Shape area);

  // A common border touches. `comparisons` are those of edges that may yet be made; each call
  // counts, before GEOS is asked, no fewer than it will need.
  [[nodiscard]] bool touches(const Drawing& drawing, std::size_t& comparisons) const;

 private:
  [[nodiscard]] std::size_t cost_of(const Drawing& drawing) const;

  Shape area_;
  Box box_;
  Prepared prepared_;
  std::vector<double> wests_, easts_, souths_, norths_;  // of its edges, each ascending
  std::vector<cap::Point> starts_;                       // of its rings
};

}  // namespace noroshi::geometry
