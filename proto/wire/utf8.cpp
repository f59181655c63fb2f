#include "proto/wire/utf8.hpp"

#include <cstddef>

namespace noroshi::wire {
namespace {

struct Lead {
  std::size_t following;  // continuation bytes
  unsigned char low;      // what the first of them
  unsigned char high;     // may be
};

// Table 3-7 of the Unicode standard, which is RFC 3629's grammar.
Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

}  // namespace

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char first = byte_at(text, at++);
    if (first < 0x80) continue;
    const Lead lead = lead_of(first);
    if (lead.following == 0 || text.size() - at < lead.following) return false;
    const unsigned char second = byte_at(text, at);
    if (second < lead.low || second > lead.high) return false;
    for (std::size_t more = 1; more < lead.following; ++more)
      if ((byte_at(text, at + more) & 0xC0) != 0x80) return false;
    at += lead.following;
  }
  return true;
}

}  // namespace noroshi::wire
