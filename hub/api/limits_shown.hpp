// What is refused for its rate or its size and what waits, as metrics and in `noroshi-hub status`.
//
// Threading  the front's thread.
#pragma once

#include <boost/json/object.hpp>

#include "hub/api/families.hpp"
#include "hub/api/rooms.hpp"

namespace noroshi::api {

void describe_limits(Families& families, const Rooms& rooms);
void describe_limits(boost::json::object& status, const Rooms& rooms);

}  // namespace noroshi::api
