#include "proto/hexadecimal.hpp"

#include <gtest/gtest.h>

#include <array>

namespace noroshi {
namespace {

TEST(Hexadecimal, IsTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(hexadecimal(std::string_view("\x00\x0f\xa9\xff", 4)), "000fa9ff");
  EXPECT_EQ(hexadecimal(std::array<unsigned char, 2>{0x12, 0xfe}), "12fe");
  EXPECT_EQ(hexadecimal(std::string_view()), "");
}

TEST(Hexadecimal, IsReadBackInEitherCase) {
  EXPECT_EQ(from_hexadecimal("000fA9ff"), std::string("\x00\x0f\xa9\xff", 4));
  EXPECT_EQ(from_hexadecimal(""), "");
}

TEST(Hexadecimal, NothingElseIsRead) {
  for (const auto* text : {"0", "0g", "+1", "-1", " 1", "1 ", "0x", "00f", "é"})
    EXPECT_EQ(from_hexadecimal(text), std::nullopt) << text;
}

}  // namespace
}  // namespace noroshi
