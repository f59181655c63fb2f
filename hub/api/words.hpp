// What the API says to people, by problem code; one table a language.
#pragma once

#include <string_view>

#include "proto/cap/messages.hpp"

namespace noroshi::api {

struct Words {
  std::string_view title;   // what happened
  std::string_view advice;  // what to do
};

// Of a problem code of the contract; a code without words is a bug.
Words words(std::string_view code, cap::Language language);

}  // namespace noroshi::api
