// What the values of an alert break, where its structure is sound or not: rules R010 to R071. Pure
// functions. Inside proto/cap only; validate.hpp is the way in.
#pragma once

#include <cstdint>

#include "proto/cap/document.hpp"
#include "proto/cap/findings.hpp"
#include "proto/cap/path.hpp"
#include "proto/cap/shape.hpp"

namespace noroshi::cap {

// `now` is the only clock, in Unix milliseconds.
void check(const Alert& alert, std::int64_t now, Findings& findings);

// Where `text` stands or, when its element is missing, where the element it belongs to does.
inline Place place_of(const Text& text, Place owner) {
  return text.place.line == 0 ? owner : text.place;
}

// The parts of check(): `path` is the element's own.
void check_alert(const Alert& alert, std::int64_t now, Findings& findings);
void check_references(const Alert& alert, Findings& findings);
void check_info(const Info& info, const Text& sent, const Path& path, Findings& findings);
void check_resource(const Resource& resource, const Path& path, Findings& findings);
void check_texts(const Alert& alert, Findings& findings);

// What the areas of an alert may still cost.
struct AreaBudget {
  std::size_t points_left;
  CrossingBudget crossing;
};
void check_area(const Area& area, const Path& path, AreaBudget& budget, Findings& findings);

}  // namespace noroshi::cap
