// The codes of one area of an alert: whose it is, and which district.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "proto/cap/document.hpp"

namespace noroshi::jp {

inline constexpr std::size_t district_bytes_max = 64;  // of the part behind the colon

// The six-digit code of an area: its LGCode, or the one its JmaArea implies. Empty when it has
// none that is valid, or names two places.
std::string area_code(const cap::Area& area);

// `<code>:<id>`, or `<code>:*` for the whole municipality.
struct District {
  std::string code;  // six digits
  std::string id;
  [[nodiscard]] std::string text() const { return code + ":" + id; }
};
// Takes five digits, too. Nothing when the code is none, or the id is empty, longer than
// district_bytes_max, or has white space or a control character in it.
std::optional<District> district(std::string_view text);

// What an area adds to the list of districts: its District, or where it names none its whole
// municipality; "" when it has no valid code either.
std::string covered_district(const cap::Area& area);

}  // namespace noroshi::jp
