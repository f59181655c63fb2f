// Which publishers' registered territories hold a position.
//
// Threading  belongs to one thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "hub/geometry/prepared.hpp"
#include "hub/geometry/shape.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::in_force {

class Territories {
 public:
  // Takes the place of what the publisher had; empty or unreadable well-known binary is none.
  void set(const std::string& publisher, const std::string& well_known_binary);
  // Their codes.
  [[nodiscard]] std::set<std::string> at(cap::Point position) const;

 private:
  struct Territory {
    explicit Territory(geometry::Shape shape) : area(std::move(shape)), prepared(area) {}
    geometry::Shape area;
    geometry::Prepared prepared;
  };
  std::map<std::string, Territory> by_publisher_;
};

}  // namespace noroshi::in_force
