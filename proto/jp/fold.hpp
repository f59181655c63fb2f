// Texts as a reader sees them, so that they can be searched for words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noroshi::jp {

// `text` without white space of any width and without what is not shown, fullwidth ASCII as ASCII,
// the halfwidth katakana of テスト and the compatibility form of 練 as the usual characters.
std::string folded(std::string_view text);
// … of one character; nothing when it is left out.
std::optional<char32_t> folded(char32_t c);

// White space of any width.
bool is_blank(char32_t c);

inline bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

}  // namespace noroshi::jp
