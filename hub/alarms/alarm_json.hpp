// An alarm as programs read it: over HTTP, in `alarm list --json`, and as a notification.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "hub/alarms/standing.hpp"

namespace noroshi::alarms {

std::string_view name_of(Alarm::State state);
boost::json::object json_of(const Alarm& alarm);

}  // namespace noroshi::alarms
