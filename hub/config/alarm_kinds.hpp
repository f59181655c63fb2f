// The kinds of alarms a [[notify]] may ask for; what they mean is in hub/alarms/kinds.hpp.
#pragma once

#include <array>
#include <string_view>

namespace noroshi::config {

inline constexpr std::array<std::string_view, 10> alarm_kinds{
    "deadline.delivered", "deadline.shown", "deadline.withdrawn",
    "order.unlifted",     "probe",          "log.rolled_back",
    "takeover",           "clock",          "disk",
    "webhook.dead"};

}  // namespace noroshi::config
