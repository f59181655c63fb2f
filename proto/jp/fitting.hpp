// Texts of at most so many characters.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "proto/cap/utf8.hpp"
#include "proto/jp/saying.hpp"

namespace noroshi::jp {

inline bool fits(std::string_view text, std::size_t characters_max) {
  return cap::utf8::characters(text) <= characters_max;
}

// The longest of what `make` says with that many districts, at least one, that fits; "" when none
// does.
template <class Make>
std::string longest_fitting(const Saying& saying, std::size_t characters_max, const Make& make) {
  // Each takes a character at least, so that more can never fit.
  for (auto count = std::min(saying.districts.size(), characters_max); count > 0; --count) {
    auto text = make(count);
    if (fits(text, characters_max)) return text;
  }
  return {};
}

// Cut where the text does not fit, and an ellipsis shows that it was.
inline std::string cut_to(std::string_view text, std::size_t characters_max) {
  if (fits(text, characters_max)) return std::string(text);
  std::string result;
  for (; !text.empty() && characters_max > 1; --characters_max)
    cap::utf8::append(result, cap::utf8::take(text));
  return result + "…";
}

}  // namespace noroshi::jp
