#include "proto/jp/lg_code.hpp"

#include <gtest/gtest.h>

#include <string>

namespace noroshi::jp {
namespace {

TEST(LgCode, KnownCodesPassTheirCheckDigit) {
  for (const std::string code : {"010006", "011002", "011011", "131016", "131032", "131130",
                                 "131237", "042021", "221007", "271004", "473821", "362018"}) {
    EXPECT_EQ(lg_code(code), code);
    EXPECT_EQ(lg_code(code.substr(0, 5)), code) << "five digits get the check digit";
  }
}

TEST(LgCode, WrongCheckDigitIsNoCode) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string code = std::string("36201") + digit;
    EXPECT_EQ(lg_code(code).has_value(), digit == '8') << code;
  }
}

TEST(LgCode, NeitherLettersNorOtherLengthsNorUnknownPrefectures) {
  for (const auto* text :
       {"", "3620", "3620180", "36201a", "３６２０１８", "482018", "00100", "-36201"})
    EXPECT_FALSE(lg_code(text)) << text;
}

TEST(Covers, PrefectureCoversItsMunicipalitiesOnly) {
  EXPECT_TRUE(covers("36", "362018"));
  EXPECT_FALSE(covers("37", "362018"));
  EXPECT_TRUE(covers("36", "360007")) << "the prefecture itself";
}

TEST(Covers, DesignatedCityCoversItsWards) {
  EXPECT_TRUE(covers("141003", "141011")) << "横浜市 covers 鶴見区";
  EXPECT_TRUE(covers("141305", "141313")) << "川崎市 covers 川崎区";
  EXPECT_FALSE(covers("141003", "141313")) << "横浜市 does not cover a ward of 川崎市";
  EXPECT_FALSE(covers("141011", "141003")) << "a ward does not cover its city";
  EXPECT_FALSE(covers("131016", "131024")) << "千代田区 is no designated city";
}

TEST(Covers, StarCoversAll) { EXPECT_TRUE(covers("*", "473821")); }

TEST(Place, TellsNumberPrefectureAndCity) {
  const auto ward = place("141011");
  ASSERT_TRUE(ward);
  EXPECT_EQ(ward->number, 14101u);
  EXPECT_EQ(ward->designated_city, 14100u);
  EXPECT_EQ(ward->prefecture(), 14u);
  EXPECT_FALSE(ward->whole_prefecture());
  EXPECT_EQ(place("141003")->designated_city, 0u) << "the city itself";
  EXPECT_EQ(place("131016")->designated_city, 0u) << "a special ward of 東京";
  EXPECT_EQ(place("011011")->designated_city, 1100u) << "中央区 of 札幌市";
  EXPECT_TRUE(place("360007")->whole_prefecture());
  for (const auto* code : {"", "36", "*", "36201", "3620180", "36201x"})
    EXPECT_FALSE(place(code)) << code;
}

TEST(IsArea, TakesStarPrefecturesAndCheckedCodes) {
  for (const auto* area : {"*", "01", "47", "362018", "011011"}) EXPECT_TRUE(is_area(area)) << area;
  for (const auto* area : {"", "0", "00", "48", "36201", "362017", "all", "**"})
    EXPECT_FALSE(is_area(area)) << area;
}

}  // namespace
}  // namespace noroshi::jp
