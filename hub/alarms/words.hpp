// What each kind of alarm means to people; an unknown kind is its own word.
#pragma once

#include <string_view>

namespace noroshi::alarms {

// `deadline.delivered` as "not delivered in time".
std::string_view english(std::string_view kind);
std::string_view japanese(std::string_view kind);

}  // namespace noroshi::alarms
