// Alarms, deadlines, notifications and receipts as metrics.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/families.hpp"
#include "hub/api/rooms.hpp"

namespace noroshi::api {

void describe_alarms(Families& families, const Rooms& rooms);

}  // namespace noroshi::api
