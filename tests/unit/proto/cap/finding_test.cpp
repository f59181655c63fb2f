#include "proto/cap/finding.hpp"

#include <gtest/gtest.h>

#include "proto/cap/utf8.hpp"

namespace noroshi::cap {
namespace {

std::string times_over(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Shown, CutsAfterEightyCharacters) {
  EXPECT_EQ(shown(times_over("避", value_characters_max)), times_over("避", value_characters_max));
  EXPECT_EQ(shown(times_over("避", value_characters_max + 1)),
            times_over("避", value_characters_max) + "…");
}

TEST(Shown, LeavesNothingThatMovesTheCursorOrReordersText) {
  EXPECT_EQ(shown("a\x1B[31m\r\x07\x7F"
                  "b\nc\td"),
            "a[31mb c d");
  EXPECT_EQ(shown("\u202Eabc\u2066\u200F\u061C\u0085\u2028"), "abc");
}

TEST(Shown, BrokenBytesBecomeReplacementCharacters) {
  EXPECT_EQ(shown("a\xFF\xE3\x81"), "a\uFFFD\uFFFD\uFFFD");
}

TEST(Name, IsTheWordOfTheApi) {
  EXPECT_EQ(name(Severity::error), "error");
  EXPECT_EQ(name(Severity::confirm), "confirm");
  EXPECT_EQ(name(Severity::warn), "warn");
}

TEST(Utf8, EveryCharacterComesBack) {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    utf8::append(text, c);
    std::string_view rest = text;
    ASSERT_EQ(utf8::take(rest), c);
    ASSERT_TRUE(rest.empty());
    ASSERT_EQ(utf8::first_fault(text), std::string_view::npos);
  }
}

TEST(Utf8, FaultsAreFoundWhereTheyStand) {
  EXPECT_EQ(utf8::first_fault("a\xC1\xBF"), 1U);
  EXPECT_EQ(utf8::first_fault("\xE0\x9F\xBF"), 0U) << "overlong";
  EXPECT_EQ(utf8::first_fault("\xF0\x8F\xBF\xBF"), 0U) << "overlong";
  EXPECT_EQ(utf8::first_fault("\xED\xBF\xBF"), 0U) << "surrogate";
  EXPECT_EQ(utf8::first_fault("\xF4\x8F\xBF\xBF"), std::string_view::npos) << "U+10FFFF";
  EXPECT_EQ(utf8::characters("a避\xFF"), 3U);
}

TEST(Utf8, APrefixEndsBetweenCharacters) {
  EXPECT_EQ(utf8::prefix("a避難", 7), "a避難");
  EXPECT_EQ(utf8::prefix("a避難", 6), "a避");
  EXPECT_EQ(utf8::prefix("a避難", 3), "a");
  EXPECT_EQ(utf8::prefix("避", 0), "");
}

}  // namespace
}  // namespace noroshi::cap
