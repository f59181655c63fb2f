#include "proto/terminal/printable.hpp"

#include <gtest/gtest.h>

namespace noroshi::terminal {
namespace {

struct Case {
  std::string_view text;
  std::string_view shown;
};

TEST(Printable, DropsWhatATerminalObeysOrAReaderIsMisledBy) {
  const Case cases[] = {
      {"", ""},
      {"徳島市 Tokushima", "徳島市 Tokushima"},
      {"\xF0\xA0\xAE\xB7", "\xF0\xA0\xAE\xB7"},  // U+20BB7
      {"辻\U000E0100", "辻\U000E0100"},          // a variant of a character is not hidden text
      {"a\x1b[2Jb\x07", "a[2Jb"},
      {{"a\0b", 3}, "ab"},
      {"a\x7f", "a"},
      {"a\u009b2J", "a2J"},                        // CSI as one C1 character
      {"a\u202eb\u2066c\u200fd\u061ce", "abcde"},  // writing direction
      {"a\u2028b\u2029c", "abc"},                  // line and paragraph separator
      {"a\u200bb\u2060c\ufeffd", "abcd"},          // zero width
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(printable(text), shown) << text;
}

TEST(Printable, StaysOnOneLineAndKeepsWordsApart) { EXPECT_EQ(printable("a\r\nb\tc\r"), "a b c"); }

TEST(Printable, ReplacesEachByteThatIsNotUtf8) {
  const Case cases[] = {
      {"a\xff"
       "b",
       "a\uFFFDb"},
      {"\xC0\x80", "\uFFFD\uFFFD"},            // overlong
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},  // surrogate
      {"\xE5\xBE", "\uFFFD\uFFFD"},            // cut short
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(printable(text), shown);
}

TEST(Printable, SaysWhetherNothingHadToGo) {
  EXPECT_TRUE(is_printable(""));
  EXPECT_TRUE(is_printable("徳島市"));
  EXPECT_FALSE(is_printable("徳島\n市"));
  EXPECT_FALSE(is_printable("徳島\u200b市"));
  EXPECT_FALSE(is_printable("\xE5\xBE"));
}

}  // namespace
}  // namespace noroshi::terminal
