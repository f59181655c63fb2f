// Addresses in alerts: what RFC 3986 calls a URI, with the characters of other scripts let through
// as XML Schema's anyURI does.
#pragma once

#include <string_view>

namespace noroshi::cap {

// Begins with a scheme and has something after it; http and https name a host.
bool is_absolute_uri(std::string_view text);

// Absolute, or relative to some place; not empty.
bool is_uri_reference(std::string_view text);

}  // namespace noroshi::cap
