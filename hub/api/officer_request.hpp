// What a person adds to a request: why they act alone, what they sign, why they withdraw.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"
#include "proto/result.hpp"

namespace noroshi::api {

// Of Noroshi-Break-Glass and of withdrawals: 4 to 200 characters of plain text.
inline constexpr std::size_t reason_characters_min = 4;
inline constexpr std::size_t reason_characters_max = 200;
// UTF-8, or percent-encoded UTF-8 for programs whose headers are ASCII. invalid when it is neither,
// too short, too long or not plain text.
Result<std::string> reason_in_header(std::string_view value);

// {"content_sha256":"<64 hexadecimal digits>"}
Result<journal::Hash> signed_hash(std::string_view json);
// {"reason":"…"}
Result<std::string> reason_in_body(std::string_view json);

}  // namespace noroshi::api
