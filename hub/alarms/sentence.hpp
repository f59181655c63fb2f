// What an alarm says to people, in one line.
#pragma once

#include <string>

#include "hub/alarms/standing.hpp"
#include "proto/terminal/language.hpp"

namespace noroshi::alarms {

// The kind, whom it concerns, who is missing (the first few) and the detail, without control
// characters. That of a drill begins with 【訓練】 or [DRILL]; one
// that is over says 【終了】 or [OVER] before the kind.
std::string sentence(const Alarm& alarm, terminal::Language language);

}  // namespace noroshi::alarms
