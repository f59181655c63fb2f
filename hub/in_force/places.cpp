#include "hub/in_force/places.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace noroshi::in_force {
namespace {

constexpr std::size_t children_of_a_node = 10;

}  // namespace

struct Places::Shape {
  Shape(Hit found, Geos::Geometry outline, const Geos& geos)
      : hit(found),
        geometry(std::move(outline)),
        prepared(nullptr, Geos::Destroy{geos.context()}) {}

  Hit hit;
  Geos::Geometry geometry;  // of a circle the rectangle around it
  std::optional<cap::Circle> circle;
  double west = 0, east = 0, south = 0, north = 0;
  std::size_t points = 0;
  Geos::Prepared prepared;  // made when it is first looked at closely
  bool ended = false;
};

Places::Places() = default;

Places::~Places() { drop_tree(); }

void Places::drop_tree() {
  if (tree_ != nullptr) GEOSSTRtree_destroy_r(geos_.context(), tree_);
  tree_ = nullptr;
}

bool Places::add(journal::Sequence alert, const Areas& areas) {
  bool all = true;
  for (std::size_t i = 0; i < areas.areas.size(); ++i) {
    for (const auto& ring : areas.areas[i].polygons)
      all = add_shape({alert, i}, geos_.polygon(ring), nullptr) && all;
    for (const auto& circle : areas.areas[i].circles)
      all = add_shape({alert, i}, geos_.around(circle), &circle) && all;
  }
  return all;
}

bool Places::add_shape(Hit hit, Geos::Geometry geometry, const cap::Circle* circle) {
  if (!geometry) return false;
  auto shape = std::make_unique<Shape>(Shape(hit, std::move(geometry), geos_));
  if (circle != nullptr) shape->circle = *circle;
  const auto& outline = *shape->geometry;
  GEOSGeom_getXMin_r(geos_.context(), &outline, &shape->west);
  GEOSGeom_getXMax_r(geos_.context(), &outline, &shape->east);
  GEOSGeom_getYMin_r(geos_.context(), &outline, &shape->south);
  GEOSGeom_getYMax_r(geos_.context(), &outline, &shape->north);
  const auto points = GEOSGetNumCoordinates_r(geos_.context(), &outline);
  shape->points = static_cast<std::size_t>(std::max(points, 0));
  if (points_ + shape->points > points_max) return false;
  points_ += shape->points;
  ++shapes_;
  by_alert_[hit.alert].push_back(shape.get());
  waiting_.push_back(std::move(shape));
  return true;
}

void Places::remove(journal::Sequence alert) {
  const auto found = by_alert_.find(alert);
  if (found == by_alert_.end()) return;
  const auto ended = found->second.size();
  for (auto* shape : found->second) {
    shape->ended = true;
    points_ -= shape->points;
  }
  shapes_ -= ended;
  by_alert_.erase(found);
  ended_in_tree_ += ended - std::erase_if(waiting_, [](const auto& one) { return one->ended; });
}

void Places::build() {
  drop_tree();
  std::erase_if(in_tree_, [](const auto& shape) { return shape->ended; });
  std::move(waiting_.begin(), waiting_.end(), std::back_inserter(in_tree_));
  waiting_.clear();
  ended_in_tree_ = 0;
  if (in_tree_.empty()) return;
  tree_ = GEOSSTRtree_create_r(geos_.context(), children_of_a_node);
  for (const auto& shape : in_tree_)
    GEOSSTRtree_insert_r(geos_.context(), tree_, shape->geometry.get(), shape.get());
}

std::vector<Places::Hit> Places::at(cap::Point position) {
  if (waiting_.size() > waiting_max || ended_in_tree_ > in_tree_.size() / 2) build();
  const auto point = geos_.point(position);
  std::vector<Shape*> near;
  for (const auto& shape : waiting_) near.push_back(shape.get());
  if (tree_ != nullptr)
    GEOSSTRtree_query_r(
        geos_.context(), tree_, point.get(),
        [](void* shape, void* found) {
          static_cast<std::vector<Shape*>*>(found)->push_back(static_cast<Shape*>(shape));
        },
        &near);
  std::vector<Hit> hits;
  for (auto* shape : near)
    if (!shape->ended && holds(*shape, position, *point)) hits.push_back(shape->hit);
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  return hits;
}

bool Places::holds(Shape& shape, cap::Point position, const GEOSGeometry& point) const {
  if (position.longitude < shape.west || position.longitude > shape.east ||
      position.latitude < shape.south || position.latitude > shape.north)
    return false;
  if (shape.circle)
    return kilometers_between(shape.circle->centre, position) <= shape.circle->radius_kilometers;
  if (!shape.prepared) shape.prepared = geos_.prepare(*shape.geometry);
  return shape.prepared &&
         GEOSPreparedIntersects_r(geos_.context(), shape.prepared.get(), &point) == 1;
}

}  // namespace noroshi::in_force
