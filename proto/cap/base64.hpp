// Base64 (RFC 4648, section 4) as XML Schema's base64Binary has it: white space anywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noroshi::cap {

// Nothing when `text` is no base64: other characters, wrong length, wrong padding, or bits set
// that the padding leaves over.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace noroshi::cap
