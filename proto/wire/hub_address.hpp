// Which hub to call.
#pragma once

#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::wire {

// Where a hub listens.
struct HubAddress {
  std::string host;       // a name or an IP address, without brackets
  std::string port;       // digits
  std::string authority;  // as the Host field carries it
};

// Reads `https://host[:port][/]`; port 443 when none is given. Anything else is `invalid`, http://
// too: a token never travels in the clear.
Result<HubAddress> hub_address(std::string_view url);

}  // namespace noroshi::wire
