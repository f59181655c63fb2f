#include "hub/admin/printable.hpp"

#include <cstddef>

namespace noroshi::admin {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Character {
  char32_t value;
  std::size_t length;  // 0: not UTF-8
};

// RFC 3629: shortest form, no surrogates, at most U+10FFFF.
Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {0, 0};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return {0, 0};
    value = (value << 6) | (next & 0x3FU);
  }
  const bool too_long = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (too_long || surrogate || value > 0x10FFFF) return {0, 0};
  return {value, length};
}

bool is_obeyed(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x200E ||
         c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const auto [value, length] = first_of(text);
    if (length == 0) {
      clean += replacement;
      text.remove_prefix(1);
      continue;
    }
    if (!is_obeyed(value)) clean += text.substr(0, length);
    text.remove_prefix(length);
  }
  return clean;
}

bool is_printable(std::string_view text) { return printable(text) == text; }

}  // namespace noroshi::admin
