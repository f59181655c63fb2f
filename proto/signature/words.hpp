// What a Verdict is called, by rule and aspect; one table a language.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "proto/cap/finding.hpp"

namespace noroshi::signature {

struct Words {
  std::string_view aspect;  // of cap.R080 or cap.R081
  std::string_view japanese;
  std::string_view english;
};
std::span<const Words> words();

// One or two sentences; `{value}` in them is filled in. The aspect itself when it is not one of
// ours.
std::string message(std::string_view aspect, std::string_view value, cap::Language language);

}  // namespace noroshi::signature
