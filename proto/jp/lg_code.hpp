// Municipality codes (全国地方公共団体コード): prefecture 2 digits, number 3, check digit 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noroshi::jp {

// The six-digit form of a code of five digits (check digit added) or six (check digit tested).
// Nothing when it is neither.
std::optional<std::string> lg_code(std::string_view digits);

// Whether authority over, or a subscription to, `area` includes `code` (six digits).
// `area` is `*`, a prefecture (two digits), or a six-digit code; a designated city covers its
// wards.
bool covers(std::string_view area, std::string_view code);

// Whether `area` is one of the forms `covers` takes.
bool is_area(std::string_view area);

}  // namespace noroshi::jp
