// The shapes registered for the districts that an order names and does not draw.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string_view>

#include "hub/in_force/areas.hpp"

namespace noroshi::in_force {

// Gives each area of `code` without a shape of its own those of its district, or of all districts
// of the group it names; none where any of them is not drawn, and none for `<code>:*`, of which the
// districts together may be less or more. So an order is never found where it does not say. What an
// area was given before is forgotten. `districts` null: none are registered.
void draw(Areas& areas, std::string_view code, const v1::DistrictsRegistered* districts);

}  // namespace noroshi::in_force
