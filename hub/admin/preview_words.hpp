// What `subscriber preview` says to people: as words.hpp, in a table of its own.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "hub/config/language.hpp"

namespace noroshi::admin {

using config::Language;

enum class PreviewSay {
  help_preview,
  flag_days,
  would_have_received,
  nothing_to_preview,
  end  // not a sentence: how many there are
};

// The sentence with {0}, {1} … where values go.
std::string_view preview_english(PreviewSay what);
std::string_view preview_japanese(PreviewSay what);

// Values from outside go through printable() first.
template <class... Values>
std::string say(Language language, PreviewSay what, const Values&... values) {
  const auto words =
      language == Language::japanese ? preview_japanese(what) : preview_english(what);
  return fmt::format(fmt::runtime(words), values...);
}

}  // namespace noroshi::admin
