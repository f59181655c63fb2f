// The parameter AreaState: what is known of one district beside its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::jp {

// `id=<District>;kana=<かな>;at=<time>;hh=<n>;ppl=<n>`; only the id must be there.
struct AreaState {
  std::string district;  // `<code of six digits>:<id>`
  std::string kana;      // hiragana or katakana; "" when it is not given, as the others
  std::optional<std::int64_t> at_ms;
  std::optional<std::uint32_t> households;
  std::optional<std::uint32_t> people;
};

// Nothing when a part is unknown, stands there twice or cannot be read, or there is no id.
std::optional<AreaState> area_state(std::string_view text);

// Decimal digits only, at most nine.
std::optional<std::uint32_t> count(std::string_view text);

}  // namespace noroshi::jp
