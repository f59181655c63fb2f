// What the API says to people, by problem code; one table a language.
#pragma once

#include <string_view>
#include <vector>

#include "proto/cap/messages.hpp"

namespace noroshi::api {

struct Words {
  std::string_view title;   // what happened
  std::string_view advice;  // what to do
};

// All there are words for: the problem codes of the contract, and the rules that only a hub can
// judge.
std::vector<std::string_view> codes_with_words();
bool has_words(std::string_view code);
// Of one of them; a code without words is a bug.
Words words(std::string_view code, cap::Language language);

}  // namespace noroshi::api
