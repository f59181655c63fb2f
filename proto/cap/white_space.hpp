// White space as XML 1.0 has it: space, tab, line feed, carriage return. Nothing else is.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::cap {

inline constexpr std::string_view white_space = " \t\n\r";

inline bool is_white_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

inline bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_white_space);
}

// The runs of other characters; views into `text`.
std::vector<std::string_view> words_of(std::string_view text);

// Ends cut off, each inner run one space: XML Schema's whiteSpace="collapse".
std::string collapsed(std::string_view text);

}  // namespace noroshi::cap
