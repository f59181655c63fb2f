// What an order will say on air, in words and with the colour of its level, so that a person can
// tell 4 from 3 before it goes out (Tokushima 2022).
#pragma once

#include <string>
#include <vector>

#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

struct OnAir {
  std::vector<std::string> lines;  // to be shown, one below the other
  // What a person types to say that they have read it: the level, `lift` or `解除`, `cancel` or
  // `取消`; `yes` or `はい` where there is none of these.
  std::string sign;
};

// Of a CAP document, in `words`'s language; what cannot be read is said to be so.
OnAir on_air(const std::string& document, const Words& words);

}  // namespace noroshi::publishers
