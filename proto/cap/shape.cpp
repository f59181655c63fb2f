#include "proto/cap/shape.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

// One side of a ring.
struct Edge {
  Point from;
  Point to;

  double south() const { return std::min(from.latitude, to.latitude); }
  double north() const { return std::max(from.latitude, to.latitude); }
};

// Which side of the line `a`→`b` a point lies on: the sign of the triangle's area.
int side(Point a, Point b, Point point) {
  const double area = (b.longitude - a.longitude) * (point.latitude - a.latitude) -
                      (b.latitude - a.latitude) * (point.longitude - a.longitude);
  return area > 0 ? 1 : (area < 0 ? -1 : 0);
}

bool cross(const Edge& one, const Edge& other) {
  return side(one.from, one.to, other.from) * side(one.from, one.to, other.to) < 0 &&
         side(other.from, other.to, one.from) * side(other.from, other.to, one.to) < 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<Edge> edges_from_south(const std::vector<Point>& ring) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) edges.push_back({ring[i], ring[i + 1]});
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.south() < b.south(); });
  return edges;
}

}  // namespace

std::optional<double> decimal(std::string_view text) {
  const bool signed_text = text.starts_with('+') || text.starts_with('-');
  const auto digits = text.substr(signed_text ? 1 : 0);
  if (std::none_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return is_digit(c) || c == '.'; }))
    return std::nullopt;
  if (text.starts_with('+')) text = digits;  // from_chars knows no plus
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Point> point(std::string_view text) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto latitude = decimal(text.substr(0, comma));
  const auto longitude = decimal(text.substr(comma + 1));
  if (!latitude || !longitude) return std::nullopt;
  return Point{*latitude, *longitude};
}

bool on_earth(Point point) {
  return std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180;
}

std::optional<std::vector<Point>> ring(std::string_view polygon) {
  std::vector<Point> points;
  for (const auto word : words_of(polygon)) {
    const auto next = point(word);
    if (!next) return std::nullopt;
    points.push_back(*next);
  }
  return points;
}

std::optional<Circle> circle(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 2) return std::nullopt;
  const auto centre = point(words[0]);
  const auto radius = decimal(words[1]);
  if (!centre || !radius) return std::nullopt;
  return Circle{*centre, *radius};
}

bool crosses_itself(const std::vector<Point>& ring, CrossingBudget& budget) {
  const auto edges = edges_from_south(ring);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (std::size_t j = i + 1; j < edges.size() && edges[j].south() <= edges[i].north(); ++j) {
      if (budget.comparisons == 0) return false;
      --budget.comparisons;
      if (cross(edges[i], edges[j])) return true;
    }
  }
  return false;
}

}  // namespace noroshi::cap
