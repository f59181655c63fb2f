// The words behind message(): one table per language. Inside proto/cap, for the profiles
// over it, and for whoever lists rules.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "proto/cap/finding.hpp"

namespace noroshi::cap {

// What a rule, or an aspect of it, is called in one language. `{value}` stands for the finding's
// value and `{element}` for the last step of its path.
struct Words {
  std::string_view rule;    // "cap.R012"
  std::string_view aspect;  // as in Finding; "" where a rule has only one way to be broken
  std::string_view text;
};

// All that validate() can find, in the order of the rules; the same rows in both languages.
std::span<const Words> words_in(Language language);
std::span<const Words> japanese_words();
std::span<const Words> english_words();

// The row of `table` that belongs to the finding, filled in; nothing when there is none.
std::optional<std::string> message_from(std::span<const Words> table, const Finding& finding);

}  // namespace noroshi::cap
