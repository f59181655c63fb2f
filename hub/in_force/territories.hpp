// Which publishers' registered territories hold a position.
//
// Threading  belongs to one thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hub/in_force/geometry.hpp"

namespace noroshi::in_force {

class Territories {
 public:
  // Takes the place of what the publisher had; empty or unreadable well-known binary is none.
  void set(const std::string& publisher, const std::string& well_known_binary);
  // Their codes.
  [[nodiscard]] std::set<std::string> at(cap::Point position) const;

 private:
  struct Territory {
    Geos::Geometry geometry;
    Geos::Prepared prepared;
  };
  Geos geos_;
  std::map<std::string, Territory> by_publisher_;
};

}  // namespace noroshi::in_force
