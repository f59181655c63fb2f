// Which hub to call, and as whom.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::publishers {

// Where a hub listens.
struct HubAddress {
  std::string host;       // a name or an IP address, without brackets
  std::string port;       // digits
  std::string authority;  // as the Host field carries it
};

// Reads `https://host[:port][/]`; port 443 when none is given. Anything else is `invalid`, http://
// too: a token never travels in the clear.
Result<HubAddress> hub_address(std::string_view url);

// The token in a file: its first line without surrounding blanks. `configuration` when the file
// cannot be read, is empty, may be read by everybody, or holds what no HTTP field can carry.
Result<std::string> read_token(const std::filesystem::path& file);

}  // namespace noroshi::publishers
