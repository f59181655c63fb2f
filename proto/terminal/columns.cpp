#include "proto/terminal/columns.hpp"

#include <algorithm>

#include "proto/cap/utf8.hpp"

namespace noroshi::terminal {
namespace {

struct Range {
  char32_t first, last;
};

// Marks that stand on the character before them.
constexpr Range without_width[] = {{0x0300, 0x036F}, {0x20D0, 0x20FF}, {0x3099, 0x309A},
                                   {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};
// Above the alphabets, what is halfwidth after all.
constexpr Range narrow[] = {{0x1160, 0x200F}, {0xA4D0, 0xA95F}, {0xA980, 0xABFF}, {0xFB00, 0xFDFF},
                            {0xFE70, 0xFEFE}, {0xFF61, 0xFFDC}, {0xFFE8, 0xFFEE}};
constexpr char32_t first_wide = 0x1100;

template <std::size_t count>
bool in(const Range (&ranges)[count], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

// Symbols below are one column on some terminals and two on others.
bool is_ambiguous(char32_t c) {
  return c == 0xA7 || c == 0xB0 || c == 0xB1 || c == 0xB7 || c == 0xD7 || c == 0xF7;
}

std::size_t width_of(char32_t c) {
  if (c < 0x80) return 1;
  if (in(without_width, c)) return 0;
  if (c < first_wide) return is_ambiguous(c) ? 2 : 1;
  return in(narrow, c) ? 1 : 2;
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(cap::utf8::take(text));
  return width;
}

std::string fitted(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  constexpr std::size_t mark_columns = 2;
  if (width < mark_columns) return std::string(width, '.');
  std::size_t used = 0;
  auto rest = text;
  while (!rest.empty()) {
    auto after = rest;
    used += width_of(cap::utf8::take(after));
    if (used > width - mark_columns) break;
    rest = after;
  }
  return std::string(text.substr(0, text.size() - rest.size())) + "…";
}

}  // namespace noroshi::terminal
