#include "proto/jp/fold.hpp"

#include "proto/cap/utf8.hpp"

namespace noroshi::jp {
namespace {

// Soft hyphens, joiners, fillers and variation selectors change no word.
bool is_invisible(char32_t c) {
  return !cap::utf8::shows(c) || c == 0x00AD || c == 0x034F || c == 0x115F || c == 0x1160 ||
         c == 0x180E || c == 0x3164 || c == 0xFFA0 || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

char32_t usual(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + U'!';
  switch (c) {
    case 0xFF83:
      return U'テ';
    case 0xFF7D:
      return U'ス';
    case 0xFF84:
      return U'ト';
    case 0xF996:
      return U'練';
    default:
      return c;
  }
}

}  // namespace

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x00A0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

std::optional<char32_t> folded(char32_t c) {
  if (is_blank(c) || is_invisible(c)) return std::nullopt;
  return usual(c);
}

std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty())
    if (const auto c = folded(cap::utf8::take(text))) cap::utf8::append(result, *c);
  return result;
}

}  // namespace noroshi::jp
