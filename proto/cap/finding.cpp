#include "proto/cap/finding.hpp"

#include "proto/cap/utf8.hpp"

namespace noroshi::cap {
namespace {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

// The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm.
bool reorders_text(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string shown(std::string_view value) {
  std::string text;
  std::size_t characters = 0;
  while (!value.empty()) {
    const char32_t c = utf8::take(value);
    if (c == U'\n' || c == U'\t') {
      text += ' ';
    } else if (is_control(c) || reorders_text(c)) {
      continue;
    } else {
      utf8::append(text, c);
    }
    if (++characters == value_characters_max && !value.empty()) return text + "…";
  }
  return text;
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::confirm:
      return "confirm";
    case Severity::warn:
      return "warn";
  }
  return "error";
}

}  // namespace noroshi::cap
