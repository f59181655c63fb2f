#include "hub/in_force/places.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "hub/geometry/effort.hpp"
#include "hub/geometry/prepared.hpp"

namespace noroshi::in_force {

struct Places::Shape {
  Shape(Hit found, geometry::Shape drawn, const cap::Circle* round)
      : hit(found), outline(std::move(drawn)), box(geometry::box_of(outline)) {
    if (round != nullptr) circle = *round;
    points = geometry::count_points(outline);
  }

  Hit hit;
  geometry::Shape outline;  // of a circle the rectangle around it
  geometry::Box box;
  std::optional<cap::Circle> circle;
  std::size_t points = 0;
  std::optional<geometry::Prepared> prepared;  // made when it is first looked at closely
  bool ended = false;
};

Places::Places() = default;

Places::~Places() = default;

bool Places::add(journal::Sequence alert, const Areas& areas) {
  bool all = true;
  geometry::Effort effort;
  for (std::size_t i = 0; i < areas.areas.size(); ++i) {
    for (const auto& ring : areas.areas[i].polygons)
      all = add_shape({alert, i}, geometry::area(ring, effort), nullptr) && all;
    for (const auto& binary : areas.areas[i].registered)
      all = add_shape({alert, i}, geometry::area_from_wkb(binary), nullptr) && all;
    for (const auto& circle : areas.areas[i].circles)
      all = add_shape({alert, i}, geometry::rectangle_around(circle), &circle) && all;
  }
  return all;
}

bool Places::add_shape(Hit hit, Result<geometry::Shape> outline, const cap::Circle* circle) {
  if (!outline) return false;
  auto shape = std::make_unique<Shape>(hit, std::move(*outline), circle);
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
  tree_ = nullptr;
  std::erase_if(in_tree_, [](const auto& shape) { return shape->ended; });
  std::move(waiting_.begin(), waiting_.end(), std::back_inserter(in_tree_));
  waiting_.clear();
  ended_in_tree_ = 0;
  if (in_tree_.empty()) return;
  std::vector<const geometry::Shape*> outlines;
  for (const auto& shape : in_tree_) outlines.push_back(&shape->outline);
  tree_ = std::make_unique<const geometry::BoxTree>(outlines);
}

std::vector<Places::Hit> Places::at(cap::Point position) {
  if (waiting_.size() > waiting_max || ended_in_tree_ > in_tree_.size() / 2) build();
  const auto point = geometry::position(position);
  std::vector<Shape*> near;
  for (const auto& shape : waiting_) near.push_back(shape.get());
  if (tree_ != nullptr)
    for (const auto number : tree_->at(point)) near.push_back(in_tree_[number].get());
  std::vector<Hit> hits;
  for (auto* shape : near)
    if (!shape->ended && holds(*shape, position, point)) hits.push_back(shape->hit);
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  return hits;
}

bool Places::holds(Shape& shape, cap::Point position, const geometry::Shape& point) const {
  if (!shape.box.holds(position)) return false;
  if (shape.circle)
    return geometry::kilometers_between(shape.circle->centre, position) <=
           shape.circle->radius_kilometers;
  if (!shape.prepared) shape.prepared.emplace(shape.outline);
  return shape.prepared->intersects(point);
}

}  // namespace noroshi::in_force
