#include "proto/jp/codes.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace noroshi::jp {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(Codes, ACategoryIsFoundByItsWholeCode) {
  for (const auto* known : {"evac.l3", "evac.zone", "evac.none", "notice.pr", "outage.gas", "event",
                            "urgentmail.result", "jma.VPWW54", "civil", "sys.probe"})
    EXPECT_NE(category(known), nullptr) << known;
  for (const auto* unknown : {"", "evac", "evac.", "evac.l2", "evac.l6", "evac.l33", "EVAC.L4",
                              "notice", "notice.new", "jma", "jma.", "urgentmail.x", "避難指示"})
    EXPECT_EQ(category(unknown), nullptr) << unknown;
}

TEST(Codes, EachIsThereOnce) {
  std::set<std::string_view> seen;
  for (const auto& row : categories()) EXPECT_TRUE(seen.insert(row.code).second) << row.code;
}

TEST(Codes, LivesAreThoseOfTheProfile) {
  EXPECT_EQ(category("evac.l4")->life, hours(48));
  EXPECT_EQ(category("evac.l4")->life_min, hours(24));
  EXPECT_EQ(category("evac.l4")->life_max, hours(72));
  EXPECT_EQ(category("evac.none")->life, hours(6));
  EXPECT_EQ(category("notice.other")->life_max, hours(72));
  EXPECT_EQ(category("sys.probe")->life, minutes(10));
  EXPECT_EQ(category("jma.VPWW54")->life, hours(0)) << "as given";
}

TEST(Codes, OnlyTheMayorsThreeHaveALevel) {
  EXPECT_EQ(level_of_event("evac.l3"), 3u);
  EXPECT_EQ(level_of_event("evac.l5"), 5u);
  for (const auto* none : {"evac.l2", "evac.l6", "evac.zone", "evac.none", "jma.l4", "evac.l44"})
    EXPECT_EQ(level_of_event(none), 0u) << none;
}

TEST(Codes, ALevelIsOneDigitFromOneToFive) {
  EXPECT_EQ(level_of("1"), 1u);
  EXPECT_EQ(level_of("5"), 5u);
  for (const auto* unknown : {"", "0", "6", "04", "４", "4 ", "high"})
    EXPECT_EQ(level_of(unknown), level_unknown) << unknown;
}

}  // namespace
}  // namespace noroshi::jp
