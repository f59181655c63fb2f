// What is wrong, or odd, about an alert: a rule, a place and a value. The words are in
// messages.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noroshi::cap {

// error refuses, confirm asks the sender to say it again, warn is only reported.
enum class Severity { error, confirm, warn };

enum class Language { japanese, english };

struct Finding {
  std::string rule;  // "cap.R012"
  Severity severity = Severity::error;
  std::string path;     // "/alert/info[2]/area[1]/polygon[1]"; empty: the document as a whole
  unsigned line = 0;    // from 1, in the decoded text; 0: no place in a document
  unsigned column = 0;  // from 1, in characters
  std::string value;    // the offending value, as shown() makes it
  std::string aspect;   // which way of breaking the rule, where it has several: "missing"

  friend bool operator==(const Finding&, const Finding&) = default;
};

// At most this many characters of a value are repeated to people.
inline constexpr std::size_t value_characters_max = 80;

// `value` fit for logs and pages: cut to value_characters_max with an ellipsis, without control
// characters and without the invisible ones that reorder text.
std::string shown(std::string_view value);

// "error", "confirm", "warn": the words of the API.
std::string_view name(Severity severity);

// One or two sentences for people: what is wrong with the value, and what to do. A rule that is not
// of this room gives its id and the value.
std::string message(const Finding& finding, Language language);

}  // namespace noroshi::cap
