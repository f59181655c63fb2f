// Channels for tests, made as the hub makes them: off what the log would say.
#pragma once

#include <string>

#include "hub/drills/channel.hpp"

namespace noroshi::drills::testing {

inline Channel drill(const std::string& id) {
  v1::TokenIssued token;
  token.set_drill(id);
  return Channel::of(token);
}

inline Channel live() { return drill(""); }

}  // namespace noroshi::drills::testing
