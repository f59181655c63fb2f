// Where in a document stands what authority may be denied for.
#pragma once

#include <vector>

#include "hub/admission/examine.hpp"
#include "hub/admission/office.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::admission {

// Adds marks of the rules auth.sender, auth.proxy, auth.area, auth.event and auth.territory.
void mark_authority(const cap::Alert& alert, const Offices& offices, std::vector<Mark>& marks);

}  // namespace noroshi::admission
