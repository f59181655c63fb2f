// Bytes as two lower-case digits each, and back.
#pragma once

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace noroshi {

inline std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

inline std::string hexadecimal(std::string_view bytes) {
  return hexadecimal(std::span(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

// Upper-case digits too; nothing when `digits` are something else or half a byte short.
inline std::optional<std::string> from_hexadecimal(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (; !digits.empty(); digits.remove_prefix(2)) {
    unsigned char byte = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + 2, byte, 16);
    if (error != std::errc() || end != digits.data() + 2) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace noroshi
