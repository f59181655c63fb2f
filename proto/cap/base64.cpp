#include "proto/cap/base64.hpp"

#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

constexpr unsigned none = 64;

unsigned six_bits(char c) {
  const auto from = [c](char first) { return static_cast<unsigned>(c - first); };
  if (c >= 'A' && c <= 'Z') return from('A');
  if (c >= 'a' && c <= 'z') return from('a') + 26;
  if (c >= '0' && c <= '9') return from('0') + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : none;
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
    if (is_white_space(c)) continue;
    ++characters;
    if (c == '=') {
      ++padding;
      continue;
    }
    const unsigned bits = six_bits(c);
    if (bits == none || padding > 0) return std::nullopt;
    pending = (pending << 6U) | bits;
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
