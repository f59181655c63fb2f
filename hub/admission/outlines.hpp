// The geometry of an alert, made ready to be compared with a territory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hub/admission/circumstances.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::admission {

// One for each area that has geometry. Circles are taken generously: see geometry::circle.
// All areas together cost at most one geometry::Effort; what lies beyond it counts as unreadable,
// so that comparing it costs the head of the log nothing.
std::vector<Outline> outlines_of(const cap::Alert& alert);

// Which area of the document, for people: `info[1]/area[2] 徳島市川内町`.
std::string area_label(std::size_t info, std::size_t area, const cap::Area& which);

}  // namespace noroshi::admission
