// Base64 (RFC 4648, section 4), exactly: padded, without white space.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noroshi::merkle {

std::string base64(std::string_view bytes);
// Nothing for what base64() would not have written.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace noroshi::merkle
