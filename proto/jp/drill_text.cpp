#include "proto/jp/drill_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "proto/cap/utf8.hpp"
#include "proto/jp/fold.hpp"

namespace noroshi::jp {
namespace {

namespace utf8 = cap::utf8;

constexpr std::string_view drill = "訓練";
constexpr std::u32string_view opening = U"【（(〔［[「『〈《≪〖｢{<";
constexpr std::u32string_view closing = U"】）)〕］]」』〉》≫〗｣}>";
constexpr std::u32string_view ornaments = U"■□●○◎◆◇★☆※＊*・！!－-―=~〜～#";

bool holds(std::u32string_view characters, char32_t c) {
  return characters.find(c) != std::u32string_view::npos;
}

// Takes brackets and ornaments off the front of `text`; whether one was an opening bracket.
bool take_ornaments(std::string_view& text) {
  bool bracket = false;
  while (!text.empty()) {
    auto rest = text;
    const char32_t c = utf8::take(rest);
    if (!holds(opening, c) && !holds(ornaments, c)) break;
    bracket = bracket || holds(opening, c);
    text = rest;
  }
  return bracket;
}

// Nothing that is folded away or together stands in for this character, and most texts lack it.
bool may_mention(std::string_view text) { return contains(text, "訓"); }

// What can go on after テスト within one word. Hiragana is not among it: テストです is about a
// test.
bool goes_on(char32_t c) {
  const bool katakana = c >= 0x30A1 && c <= 0x30FE && c != U'・';
  const bool kanji = c == U'々' || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF);
  const bool latin =
      (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
  return katakana || kanji || latin;
}

}  // namespace

bool marked_as_drill(std::string_view original) {
  if (!may_mention(original)) return false;
  const auto plain = folded(original);
  std::string_view text = plain;
  const bool bracket = take_ornaments(text);
  if (text.starts_with("これは訓練です") || text.starts_with("訓練です")) return true;
  if (!bracket || !text.starts_with(drill) || text.size() == drill.size()) return false;
  text.remove_prefix(drill.size());
  return holds(closing, utf8::take(text));
}

// A blank ends a word, too, so `text` is not folded as a whole.
bool begins_as_test(std::string_view text) {
  constexpr std::u32string_view test = U"テスト";
  std::u32string first;
  while (!text.empty() && first.size() <= test.size()) {
    const char32_t raw = utf8::take(text);
    const auto c = folded(raw);
    if (is_blank(raw) && !first.empty()) break;
    if (!c || (first.empty() && (holds(opening, *c) || holds(ornaments, *c)))) continue;
    if (!goes_on(*c)) break;
    first += *c;
  }
  return first == test;
}

bool is_drill_broadcast(std::string_view text) {
  return may_mention(text) && contains(folded(text), "訓練放送");
}

bool mentions_drill(std::string_view text) {
  return may_mention(text) && contains(folded(text), drill);
}

bool denies_drill(std::string_view text) {
  return may_mention(text) && contains(folded(text), "訓練ではありません");
}

std::string_view mention(std::string_view text) {
  constexpr std::size_t around = 36;  // bytes, on either side
  const auto at = text.find(drill);
  if (at == std::string_view::npos) return text;
  std::size_t begin = at - std::min(at, around);
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  return utf8::prefix(text.substr(begin), at - begin + drill.size() + around);
}

}  // namespace noroshi::jp
