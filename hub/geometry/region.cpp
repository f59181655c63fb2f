#include "hub/geometry/region.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::geometry {
namespace {

constexpr Box earth{-90, -180, 90, 180};
constexpr std::size_t cost_of_counting = 8;  // an edge, in comparisons

bool apart(const Box& a, const Box& b) {
  return a.west > b.east || b.west > a.east || a.south > b.north || b.south > a.north;
}

Box box_of(const cap::Point& a, const cap::Point& b) {
  return {std::min(a.latitude, b.latitude), std::min(a.longitude, b.longitude),
          std::max(a.latitude, b.latitude), std::max(a.longitude, b.longitude)};
}

std::vector<Box> edges_of(const Shape& shape) {
  std::vector<Box> edges;
  for (const auto& rings : polygons_of(shape))
    for (const auto& ring : rings)
      for (std::size_t i = 1; i < ring.size(); ++i) edges.push_back(box_of(ring[i - 1], ring[i]));
  return edges;
}

// Of intervals with these ends, each list ascending, how many have something of [from, to].
std::size_t overlapping(const std::vector<double>& begins, const std::vector<double>& ends,
                        double from, double to) {
  const auto begun = std::upper_bound(begins.begin(), begins.end(), to) - begins.begin();
  const auto over = std::lower_bound(ends.begin(), ends.end(), from) - ends.begin();
  return static_cast<std::size_t>(begun - over);
}

}  // namespace

Drawing drawing_of(const Shape& shape) {
  Drawing drawing;
  drawing.shape = &shape;
  drawing.box = geometry::box_of(shape);
  const auto& [south, west, north, east] = drawing.box;
  const bool over_the_meridian = west < -180 || east > 180 || east - west > 180;
  drawing.vague = over_the_meridian || GEOSisValid_r(shape.context().handle(), shape.get()) != 1;
  if (over_the_meridian) drawing.box = earth;
  if (!drawing.vague) drawing.edges = edges_of(shape);
  return drawing;
}

Region::Region(Shape area)
    : area_(std::move(area)), box_(geometry::box_of(area_)), prepared_(area_) {
  for (const auto& edge : edges_of(area_)) {
    wests_.push_back(edge.west);
    easts_.push_back(edge.east);
    souths_.push_back(edge.south);
    norths_.push_back(edge.north);
  }
  for (auto* ends : {&wests_, &easts_, &souths_, &norths_}) std::sort(ends->begin(), ends->end());
  for (const auto& rings : polygons_of(area_))
    for (const auto& ring : rings) starts_.push_back(ring.front());
}

// Edges meet only where their boxes do; and for each ring GEOS looks whether the drawing is around
// it.
std::size_t Region::cost_of(const Drawing& drawing) const {
  std::size_t cost = starts_.size() + drawing.edges.size();
  for (const auto& edge : drawing.edges)
    if (!apart(edge, box_))
      cost += cost_of_counting + std::min(overlapping(wests_, easts_, edge.west, edge.east),
                                          overlapping(souths_, norths_, edge.south, edge.north));
  for (const auto& start : starts_)
    if (drawing.box.holds(start)) cost += drawing.edges.size();
  return cost;
}

bool Region::touches(const Drawing& drawing, std::size_t& comparisons) const {
  if (apart(box_, drawing.box)) return false;
  if (drawing.vague || comparisons == 0) return true;
  const auto cost = cost_of(drawing);
  if (cost > comparisons) {
    comparisons = 0;
    return true;
  }
  comparisons -= cost;
  return prepared_.may_intersect(*drawing.shape);
}

}  // namespace noroshi::geometry
