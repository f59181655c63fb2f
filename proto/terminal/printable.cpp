#include "proto/terminal/printable.hpp"

#include "proto/cap/utf8.hpp"

namespace noroshi::terminal {

namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool is_hidden(char32_t c) {
  return c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = cap::utf8::take(text);
    if (c == U'\n' || c == U'\t')
      out += ' ';
    else if (!is_control(c) && !is_hidden(c))
      cap::utf8::append(out, c);
  }
  return out;
}

bool is_printable(std::string_view text) { return printable(text) == text; }

}  // namespace noroshi::terminal
