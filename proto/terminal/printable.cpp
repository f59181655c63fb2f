#include "proto/terminal/printable.hpp"

#include "proto/cap/utf8.hpp"

namespace noroshi::terminal {

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = cap::utf8::take(text);
    if (c == U'\n' || c == U'\t')
      out += ' ';
    else if (cap::utf8::shows(c))
      cap::utf8::append(out, c);
  }
  return out;
}

bool is_printable(std::string_view text) { return printable(text) == text; }

}  // namespace noroshi::terminal
