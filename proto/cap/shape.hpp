// The coordinates in polygon and circle (CAP 1.2, section 3.2.4): WGS 84, latitude first.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace noroshi::cap {

struct Point {
  double latitude = 0;
  double longitude = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Circle {
  Point centre;
  double radius_kilometers = 0;
  friend bool operator==(const Circle&, const Circle&) = default;
};

// A number as CAP writes it: a sign if any, digits, a fraction if any. No exponent, no comma.
std::optional<double> decimal(std::string_view text);

// `lat,lon`, both decimal; whether the point is on Earth is another question.
std::optional<Point> point(std::string_view text);
bool on_earth(Point point);

// The points of a polygon, whatever their number, closed or not. Nothing when one of them is none.
std::optional<std::vector<Point>> ring(std::string_view polygon);

// `lat,lon radius`.
std::optional<Circle> circle(std::string_view text);

// How many pairs of edges crosses_itself() may compare; kept by the caller over several rings.
struct CrossingBudget {
  std::size_t comparisons = 4'000'000;
};

// Whether two edges of a closed ring properly cross; edges that only touch or overlap do not count.
// Edges are compared where their latitudes overlap. When the budget ends the rest of the ring is
// left unchecked: this feeds a warning, not a decision.
bool crosses_itself(const std::vector<Point>& ring, CrossingBudget& budget);

}  // namespace noroshi::cap
