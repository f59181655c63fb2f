#include "proto/terminal/columns.hpp"

#include <gtest/gtest.h>

namespace noroshi::terminal {
namespace {

TEST(Columns, AreOnesAndTwosAndNone) {
  const struct {
    std::string text;
    std::size_t columns;
  } cases[] = {{"", 0},         {"tv-1 ~", 6},  {"受領", 4},     {"ｱｲｳ", 3},
               {"か\u3099", 2}, {"e\u0301", 1}, {"【訓練】", 8}, {"…", 2},
               {"é ñ Ж", 5},    {"𠮷🔥", 4},     {"\xFF", 2}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(columns(text), expected) << text;
}

TEST(Columns, WhatDoesNotFitIsCutAndMarked) {
  const struct {
    std::string text;
    std::size_t width;
    std::string expected;
  } cases[] = {{"abcdef", 6, "abcdef"},  {"abcdef", 5, "abc…"},  {"受領済み", 8, "受領済み"},
               {"受領済み", 7, "受領…"}, {"受領済み", 5, "受…"}, {"受領", 2, "…"},
               {"受領", 1, "."},         {"受領", 0, ""},        {"", 0, ""}};
  for (const auto& [text, width, expected] : cases) {
    EXPECT_EQ(fitted(text, width), expected) << text << " in " << width;
    EXPECT_LE(columns(fitted(text, width)), width) << text;
  }
}

}  // namespace
}  // namespace noroshi::terminal
