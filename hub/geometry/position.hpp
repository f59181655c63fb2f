// Positions, and the boxes in which shapes are looked for before they are looked at.
//
// Threading  none inside.
#pragma once

#include <geos_c.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "hub/geometry/shape.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::geometry {

Shape position(cap::Point at);

struct Box {
  double south = 0, west = 0, north = 0, east = 0;
  [[nodiscard]] bool holds(cap::Point at) const {
    return at.longitude >= west && at.longitude <= east && at.latitude >= south &&
           at.latitude <= north;
  }
};
Box box_of(const Shape& shape);
// The rectangle around a circle. Invalid when it is none on Earth.
Result<Shape> rectangle_around(const cap::Circle& circle);

// Great-circle distance on a sphere of mean radius.
double kilometers_between(cap::Point a, cap::Point b);

// Which of many boxes hold a position: built once, over shapes that outlive it.
class BoxTree {
 public:
  explicit BoxTree(const std::vector<const Shape*>& shapes);
  ~BoxTree();
  BoxTree(const BoxTree&) = delete;
  BoxTree& operator=(const BoxTree&) = delete;

  // Places in the list it was built of, in no order.
  [[nodiscard]] std::vector<std::size_t> at(const Shape& position) const;

 private:
  std::shared_ptr<Context> context_;
  std::vector<std::size_t> numbers_;
  GEOSSTRtree* tree_;
};

}  // namespace noroshi::geometry
