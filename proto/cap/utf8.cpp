#include "proto/cap/utf8.hpp"

#include <cassert>
#include <cstdint>
#include <cstring>

namespace noroshi::cap::utf8 {
namespace {

constexpr char32_t replacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// How many bytes a sequence that starts with `first` has; 0 when none does.
std::size_t length_of(unsigned first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_character(char32_t c, std::size_t length) {
  if (c >= 0xD800 && c <= 0xDFFF) return false;
  if (length == 3) return c >= 0x800;
  if (length == 4) return c >= 0x10000 && c <= 0x10FFFF;
  return true;
}

struct Decoded {
  char32_t character;
  std::size_t length;  // 0: broken
};

Decoded decode(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  const std::size_t length = length_of(first);
  if (length == 1) return {first, 1};
  if (length == 0 || text.size() < length) return {replacement, 0};
  char32_t c = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80U) return {replacement, 0};
    c = (c << 6U) | (byte_at(text, i) & 0x3FU);
  }
  if (!is_character(c, length)) return {replacement, 0};
  return {c, length};
}

// How many ASCII characters certainly stand at `i`: none, one, or a whole word of them.
std::size_t plain_at(std::string_view text, std::size_t i) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::uint64_t word = high_bits;
  if (text.size() - i >= sizeof word) std::memcpy(&word, text.data() + i, sizeof word);
  if ((word & high_bits) == 0) return sizeof word;
  return byte_at(text, i) < 0x80 ? 1 : 0;
}

char low_six(char32_t c) { return static_cast<char>(0x80U | (c & 0x3FU)); }

}  // namespace

char32_t take(std::string_view& text) {
  assert(!text.empty());
  const auto [character, length] = decode(text);
  text.remove_prefix(length == 0 ? 1 : length);
  return character;
}

std::size_t first_fault(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t plain = plain_at(text, i); plain > 0) {
      i += plain;
      continue;
    }
    const std::size_t length = decode(text.substr(i)).length;
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) take(text);
  return count;
}

std::string_view prefix(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max);
}

bool shows(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool hidden = c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
  return !control && !hidden;
}

void append(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    text += low_six(c);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | (c >> 12U));
    text += low_six(c >> 6U);
    text += low_six(c);
  } else {
    text += static_cast<char>(0xF0U | (c >> 18U));
    text += low_six(c >> 12U);
    text += low_six(c >> 6U);
    text += low_six(c);
  }
}

}  // namespace noroshi::cap::utf8
