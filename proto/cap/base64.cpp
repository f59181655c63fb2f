#include "proto/cap/base64.hpp"

#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<unsigned> six_bits(char c) {
  const auto index = alphabet.find(c);
  if (index == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(index);
}

}  // namespace

std::optional<std::string> base64_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size() / 4 * 3);
  unsigned pending = 0;       // bits read and not yet given out,
  unsigned pending_bits = 0;  // how many
  std::size_t characters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (white_space.find(c) != std::string_view::npos) continue;
    ++characters;
    if (c == '=') {
      ++padding;
      continue;
    }
    const auto bits = six_bits(c);
    if (!bits || padding > 0) return std::nullopt;
    pending = (pending << 6U) | *bits;
    pending_bits += 6;
    if (pending_bits < 8) continue;
    pending_bits -= 8;
    decoded += static_cast<char>(static_cast<unsigned char>(pending >> pending_bits));
    pending &= (1U << pending_bits) - 1;
  }
  if (characters % 4 != 0 || padding > 2 || pending != 0) return std::nullopt;
  return decoded;
}

}  // namespace noroshi::cap
