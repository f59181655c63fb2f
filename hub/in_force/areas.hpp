// Where an alert says what: its areas with their shapes, read from the accepted bytes.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/shape.hpp"

namespace noroshi::in_force {

struct AreaOfAlert {
  int line = -1;         // of the alert's order lines; -1 when it has none
  std::string name;      // areaDesc
  std::string code;      // six digits, or ""
  std::string district;  // <code>:<id>, or <code>:* where no district is named, or ""
  std::vector<std::vector<cap::Point>> polygons;  // closed
  std::vector<cap::Circle> circles;
  // Where it has no shape of its own: those registered for the districts it names, each in
  // well-known binary; see districts.hpp.
  std::vector<std::string> registered = {};

  [[nodiscard]] bool has_shape() const { return has_own_shape() || !registered.empty(); }
  [[nodiscard]] bool has_own_shape() const { return !polygons.empty() || !circles.empty(); }
};

// The Japanese info blocks where there are any, else those in the language of the first: others say
// the same of the same places. Shapes that are none are left out.
struct Areas {
  std::string headline;
  std::vector<AreaOfAlert> areas;
  [[nodiscard]] std::size_t points() const;
};

// `alert` is what the log keeps of it. Empty when the bytes are not a CAP document. The cost grows
// with the size of the document.
Areas read_areas(std::string_view bytes, const v1::AlertAccepted& alert);

}  // namespace noroshi::in_force
