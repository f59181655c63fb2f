// Where a webhook goes: an https URL in a form that nobody reads in two ways.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::webhook {

struct Url {
  std::string host;  // lower case; an IPv6 address without its brackets
  std::uint16_t port = 443;
  std::string target;  // path and query, at least "/"

  // What Host says: without the port when it is 443.
  [[nodiscard]] std::string authority() const;
  bool operator==(const Url&) const = default;
};

// RFC 3986, and less: https only, no user information, no fragment, at most 2048 characters, all of
// them visible ASCII (a name in other letters comes in its ASCII form). The host is a DNS name, a
// dotted-decimal IPv4 address or an IPv6 address in brackets; what some take for an address and
// others for a name (0x7f.1, 2130706433, 0177.0.0.1) is none. invalid otherwise, with the reason.
Result<Url> read_url(std::string_view text);

}  // namespace noroshi::webhook
