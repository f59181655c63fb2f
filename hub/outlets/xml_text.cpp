#include "hub/outlets/xml_text.hpp"

#include "proto/cap/utf8.hpp"

namespace noroshi::outlets {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_xml(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c < 0xD800 || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF);
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string written;
  written.reserve(text.size() + 16);
  while (!text.empty()) {
    const auto c = cap::utf8::take(text);
    switch (c) {
      case '&':
        written += "&amp;";
        break;
      case '<':
        written += "&lt;";
        break;
      case '>':
        written += "&gt;";
        break;
      case '"':
        written += "&quot;";
        break;
      case '\'':
        written += "&apos;";
        break;
      case '\r':  // or a reader takes it for the end of a line
        written += "&#13;";
        break;
      default:
        cap::utf8::append(written, is_xml(c) ? c : replacement);
    }
  }
  return written;
}

}  // namespace noroshi::outlets
