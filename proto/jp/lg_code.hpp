// Municipality codes (全国地方公共団体コード): prefecture 2 digits, number 3, check digit 1.
#pragma once

#include <cstdint>
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

// A six-digit code, read: the numbers are those of its first five digits, 36201 for 362018.
struct Place {
  std::uint32_t number = 0;
  std::uint32_t designated_city = 0;  // whose ward it is; 0 when it is none

  [[nodiscard]] std::uint32_t prefecture() const { return number / 1000; }
  [[nodiscard]] bool whole_prefecture() const { return number % 1000 == 0; }
};
// Nothing when `code` is not six digits; the check digit is not tested.
std::optional<Place> place(std::string_view code);

// Whether `area` is one of the forms `covers` takes.
bool is_area(std::string_view area);

}  // namespace noroshi::jp
