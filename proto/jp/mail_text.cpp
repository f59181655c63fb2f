#include "proto/jp/mail_text.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "proto/cap/utf8.hpp"
#include "proto/jp/fold.hpp"

namespace noroshi::jp {
namespace {

namespace utf8 = cap::utf8;

constexpr std::array<std::string_view, 11> domains{".jp",    ".com", ".net", ".org", ".info", ".co",
                                                   ".tokyo", ".dev", ".app", ".me",  ".ly"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c); }
bool in_address(char c) {
  return is_word(c) || std::string_view("-._~:/?#@%&=+").find(c) != std::string_view::npos;
}

// The run of address characters around `at`.
std::string address_around(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && in_address(text[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text.size() && in_address(text[end])) ++end;
  return std::string(text.substr(begin, end - begin));
}

// Dashes of every kind become '-', so that a number is one run.
std::string with_plain_dashes(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const char32_t c = utf8::take(text);
    const bool dash = c == U'ー' || c == 0x2212 || (c >= 0x2010 && c <= 0x2015) || c == 0xFF70;
    utf8::append(result, dash ? U'-' : c);
  }
  return result;
}

bool in_number(char c) {
  return is_digit(c) || std::string_view("-().").find(c) != std::string_view::npos;
}

// Characters of Windows that stand for those of JIS X 0208.
char32_t in_jis(char32_t c) {
  switch (c) {
    case 0xFF5E:
      return 0x301C;
    case 0xFF0D:
      return 0x2212;
    case 0x2225:
      return 0x2016;
    case 0x2014:
      return 0x2015;
    case 0xFFE0:
      return 0x00A2;
    case 0xFFE1:
      return 0x00A3;
    case 0xFFE2:
      return 0x00AC;
    default:
      return c;
  }
}

struct CloseIconv {
  void operator()(iconv_t converter) const { iconv_close(converter); }
};

}  // namespace

std::string web_address(std::string_view text) {
  const auto plain = folded(text);
  for (const std::string_view mark : {"://", "www."})
    if (const auto at = plain.find(mark); at != std::string::npos) return address_around(plain, at);
  for (const auto domain : domains) {
    for (auto at = plain.find(domain); at != std::string::npos; at = plain.find(domain, at + 1)) {
      const auto end = at + domain.size();
      if (at > 0 && is_word(plain[at - 1]) && (end == plain.size() || !is_word(plain[end])))
        return address_around(plain, at);
    }
  }
  return {};
}

std::string mail_address(std::string_view text) {
  const auto plain = folded(text);
  for (auto at = plain.find('@'); at != std::string::npos; at = plain.find('@', at + 1))
    if (at > 0 && is_word(plain[at - 1]) && at + 1 < plain.size() && is_word(plain[at + 1]))
      return address_around(plain, at);
  return {};
}

std::string telephone_number(std::string_view text) {
  const auto plain = with_plain_dashes(folded(text));
  for (std::size_t begin = 0; begin < plain.size();) {
    if (!in_number(plain[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < plain.size() && in_number(plain[end])) ++end;
    const auto run = std::string_view(plain).substr(begin, end - begin);
    const auto digits = std::count_if(run.begin(), run.end(), is_digit);
    const auto first = run[std::min(run.find_first_of("0123456789"), run.size() - 1)];
    const bool abroad = begin > 0 && plain[begin - 1] == '+';
    if (digits >= 10 && (abroad || (first == '0' && digits <= 11))) return std::string(run);
    begin = end;
  }
  return {};
}

std::string foreign_character(std::string_view text) {
  std::string looked_at;
  for (std::size_t i = 0; i < mail_characters_max && !text.empty(); ++i)
    utf8::append(looked_at, in_jis(utf8::take(text)));
  const std::unique_ptr<void, CloseIconv> converter(iconv_open("ISO-2022-JP", "UTF-8"));
  auto* input = looked_at.data();
  std::size_t left = looked_at.size();
  std::array<char, mail_characters_max * 8> buffer;  // two bytes and an escape, either way
  char* output = buffer.data();
  std::size_t room = buffer.size();
  if (iconv(converter.get(), &input, &left, &output, &room) !=
      std::numeric_limits<std::size_t>::max())
    return {};
  std::string_view rest(input, left);
  const char32_t found = utf8::take(rest);
  std::string character;
  utf8::append(character, found);
  return character;
}

}  // namespace noroshi::jp
