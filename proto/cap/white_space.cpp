#include "proto/cap/white_space.hpp"

namespace noroshi::cap {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  auto begin = text.find_first_not_of(white_space);
  while (begin != std::string_view::npos) {
    const auto end = text.find_first_of(white_space, begin);
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(white_space, end);
  }
  return words;
}

std::string collapsed(std::string_view text) {
  std::string joined;
  for (const auto word : words_of(text)) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

}  // namespace noroshi::cap
