// How far a place reaches, in numbers small enough to be compared at the head of the log: a box and
// a size, worked out once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::admission {

struct Extent {
  double south = 0, west = 0, north = 0, east = 0;
  double square_kilometers = 0;
  friend bool operator==(const Extent&, const Extent&) = default;
};

// Both together; what they share counts twice.
Extent together(const Extent& a, const Extent& b);
// Whether the boxes are further apart than two maps of one place are (geometry::tolerance_degrees).
bool apart(const Extent& a, const Extent& b);

// On a sphere laid flat at the middle of the ring: right to a few percent for what is not huge.
double square_kilometers(const std::vector<cap::Point>& ring);

// Of the polygons and circles of an area that can be read; nothing when there are none.
std::optional<Extent> extent_of(const cap::Area& area);
// Of District.area; holes count as none of it. Nothing when it is empty or cannot be read.
std::optional<Extent> extent_of(std::string_view well_known_binary);

}  // namespace noroshi::admission
