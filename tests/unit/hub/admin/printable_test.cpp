#include "hub/admin/printable.hpp"

#include <gtest/gtest.h>

namespace noroshi::admin {
namespace {

struct Case {
  std::string_view text;
  std::string_view clean;
};

TEST(Printable, KeepsTextAndDropsWhatATerminalObeys) {
  const Case cases[] = {
      {"徳島市 Tokushima", "徳島市 Tokushima"},
      {"a\x1b[2Jb", "a[2Jb"},
      {"a\nb\tc\r", "abc"},
      {{"a\0b", 3}, "ab"},
      {"a\x7f", "a"},
      {"a\xC2\x9B"
       "2J",
       "a2J"},  // CSI as one C1 character
      {"a\xE2\x80\xAE"
       "b",
       "ab"},  // right-to-left override
      {"a\xE2\x80\xA8"
       "b",
       "ab"},                                    // line separator
      {"\xF0\xA0\xAE\xB7", "\xF0\xA0\xAE\xB7"},  // U+20BB7
      {"\xFF", "\xEF\xBF\xBD"},
      {"\xC0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD"},                  // overlong
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},  // surrogate
      {"\xE5\xBE", "\xEF\xBF\xBD\xEF\xBF\xBD"},                  // cut short
  };
  for (const auto& [text, clean] : cases) EXPECT_EQ(printable(text), clean);
}

TEST(Printable, SaysWhetherNothingHadToGo) {
  EXPECT_TRUE(is_printable("徳島市"));
  EXPECT_FALSE(is_printable("徳島\n市"));
}

}  // namespace
}  // namespace noroshi::admin
