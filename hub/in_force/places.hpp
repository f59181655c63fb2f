// Whose shapes a position lies in: an index over the areas of what stands.
//
// Most shapes lie in a tree that is built once; new ones wait beside it and what ended is marked,
// until there is enough of either to build it again. Cost       at() looks at the shapes whose
// rectangle holds the position, and at those that wait. Bounds     points_max over all shapes, and
// one geometry::Effort over those of an alert; what does not fit is not indexed, and says so.
// Threading  belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "hub/geometry/position.hpp"
#include "hub/geometry/shape.hpp"
#include "hub/in_force/areas.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::in_force {

class Places {
 public:
  static constexpr std::size_t points_max = 8'000'000;
  static constexpr std::size_t waiting_max = 256;

  Places();
  ~Places();
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  // Whether every area with a shape could be indexed. Once for each alert.
  bool add(journal::Sequence alert, const Areas& areas);
  void remove(journal::Sequence alert);

  struct Hit {
    journal::Sequence alert;
    std::size_t area;  // its place among the alert's areas
    friend auto operator<=>(const Hit&, const Hit&) = default;
  };
  // Each area once, ascending. A border belongs to both sides.
  [[nodiscard]] std::vector<Hit> at(cap::Point position);

  [[nodiscard]] std::size_t shapes() const { return shapes_; }

 private:
  struct Shape;
  bool add_shape(Hit hit, Result<geometry::Shape> outline, const cap::Circle* circle);
  [[nodiscard]] bool holds(Shape& shape, cap::Point position, const geometry::Shape& point) const;
  void build();

  std::unordered_map<journal::Sequence, std::vector<Shape*>> by_alert_;
  std::vector<std::unique_ptr<Shape>> in_tree_;
  std::vector<std::unique_ptr<Shape>> waiting_;
  std::unique_ptr<const geometry::BoxTree> tree_;
  std::size_t ended_in_tree_ = 0;
  std::size_t shapes_ = 0;
  std::size_t points_ = 0;
};

}  // namespace noroshi::in_force
