// UTF-8 (RFC 3629) of what peers send.
#pragma once

#include <string_view>

namespace noroshi::wire {

// Shortest forms only, no surrogates, nothing above U+10FFFF, nothing cut off.
bool valid_utf8(std::string_view text);

}  // namespace noroshi::wire
