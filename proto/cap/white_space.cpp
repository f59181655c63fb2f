#include "proto/cap/white_space.hpp"

namespace noroshi::cap {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  const auto end_of_text = text.end();
  auto begin = std::find_if_not(text.begin(), end_of_text, is_white_space);
  while (begin != end_of_text) {
    const auto end = std::find_if(begin, end_of_text, is_white_space);
    words.emplace_back(begin, end);
    begin = std::find_if_not(end, end_of_text, is_white_space);
  }
  return words;
}

std::string collapsed(std::string_view text) {
  if (std::none_of(text.begin(), text.end(), is_white_space)) return std::string(text);
  std::string joined;
  for (const auto word : words_of(text)) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

}  // namespace noroshi::cap
