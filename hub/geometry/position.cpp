#include "hub/geometry/position.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "hub/geometry/effort.hpp"

namespace noroshi::geometry {
namespace {

constexpr double earth_radius_kilometers = 6371.0088;
constexpr double kilometers_a_degree = 111.195;
constexpr std::size_t children_of_a_node = 10;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

Shape position(cap::Point at) {
  auto context = Context::of_this_thread();
  auto* point = GEOSGeom_createPointFromXY_r(context->handle(), at.longitude, at.latitude);
  return {std::move(context), point};
}

Box box_of(const Shape& shape) {
  Box box;
  GEOSGeom_getExtent_r(shape.context().handle(), shape.get(), &box.west, &box.south, &box.east,
                       &box.north);
  return box;
}

Result<Shape> rectangle_around(const cap::Circle& circle) {
  const double north = circle.radius_kilometers / kilometers_a_degree + 1e-6;
  const double farthest = std::min(std::abs(circle.centre.latitude) + north, 89.0);
  const double east = std::min(north / std::cos(radians(farthest)), 360.0);
  const auto& [latitude, longitude] = circle.centre;
  Effort effort;
  return area({{latitude - north, longitude - east},
               {latitude - north, longitude + east},
               {latitude + north, longitude + east},
               {latitude + north, longitude - east}},
              effort);
}

double kilometers_between(cap::Point a, cap::Point b) {
  const double north = radians(b.latitude - a.latitude) / 2;
  const double east = radians(b.longitude - a.longitude) / 2;
  const double h = std::sin(north) * std::sin(north) + std::cos(radians(a.latitude)) *
                                                           std::cos(radians(b.latitude)) *
                                                           std::sin(east) * std::sin(east);
  return 2 * earth_radius_kilometers * std::asin(std::min(1.0, std::sqrt(h)));
}

BoxTree::BoxTree(const std::vector<const Shape*>& shapes)
    : context_(Context::of_this_thread()),
      numbers_(shapes.size()),
      tree_(GEOSSTRtree_create_r(context_->handle(), children_of_a_node)) {
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    numbers_[i] = i;
    GEOSSTRtree_insert_r(context_->handle(), tree_, shapes[i]->get(), &numbers_[i]);
  }
}

BoxTree::~BoxTree() { GEOSSTRtree_destroy_r(context_->handle(), tree_); }

std::vector<std::size_t> BoxTree::at(const Shape& position) const {
  std::vector<std::size_t> found;
  GEOSSTRtree_query_r(
      context_->handle(), tree_, position.get(),
      [](void* number, void* list) {
        static_cast<std::vector<std::size_t>*>(list)->push_back(*static_cast<std::size_t*>(number));
      },
      &found);
  return found;
}

}  // namespace noroshi::geometry
