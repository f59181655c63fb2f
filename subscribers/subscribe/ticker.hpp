// One line for the people at the desk, in Japanese and in Japanese time.
#pragma once

#include <string>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

// When the hub accepted it, the mayor's warning level, the headline, the sequence, and how long it
// took from there to here (negative when the clocks disagree).
std::string ticker_line(const Item& item);

}  // namespace noroshi::subscribers
