// Whether an alert reaches further than was meant. What is missing, larger than its name or wider
// than before is asked about and never widened silently. Los Angeles 2025: the polygon was missing,
// and ten million people were alerted.
//
//   area.nowhere <area>   neither code nor geometry: it reaches everybody who subscribes to all
//   area.large <area>     its geometry is larger than any place of that kind: 3,000 km2 for a
//                         municipality (the largest has 2,178), 100,000 km2 for a prefecture
//                         or four times as large as what is registered for the district it names
//   area.outside <area>   its geometry lies apart from what is registered for that district
//   area.unpicked <code>  the municipality has registered districts, and none was picked, nor all
//                         of them (`<code>:*`), nor a shape drawn
//   area.widened <code>   the last revision named districts, and this one orders for all of it
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <vector>

#include "hub/admission/circumstances.hpp"
#include "hub/admission/documents.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::admission {

// What the document alone shows, as questions. Only loud alerts are asked about: orders (evac.),
// emergency mail, civil protection, and whatever states level 3 or higher.
std::vector<std::string> odd_areas(const cap::Alert& alert);

// Codes of areas of loud info blocks that name a municipality and no more of it. Each once.
std::vector<std::string> unpicked_codes(const cap::Alert& alert);

// The loud areas that name a district, or a group, and draw it.
std::vector<DrawnDistrict> drawn_districts(const cap::Alert& alert);

// Of these the ones that are drawn elsewhere than they are registered, or far larger, as questions.
// Boxes and sizes alone are compared: this is asked at the head of the log.
std::vector<std::string> misdrawn_areas(const std::vector<DrawnDistrict>& drawn,
                                        const Masters& masters);

// What only the head knows, as questions. `alert` has the sequences of its references.
std::vector<std::string> widened_areas(const v1::AlertAccepted& alert,
                                       const std::vector<std::string>& unpicked,
                                       const Documents& documents);

}  // namespace noroshi::admission
