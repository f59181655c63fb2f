#include "proto/jp/order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/jp/codes.hpp"
#include "tests/unit/proto/jp/sample.hpp"

namespace noroshi::jp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
constexpr std::int64_t hour = 3'600'000;

Order read_of(const cap::Alert& alert) {
  const auto order = read(alert);
  EXPECT_TRUE(order.has_value());
  return order.value_or(Order{});
}

TEST(OrderReading, APlainAlertIsNoOrder) {
  auto plain = sample::order();
  plain.code.clear();
  EXPECT_FALSE(read(plain).has_value());
  plain.code = {"profile:CAP-JP:0.2"};
  EXPECT_FALSE(read(plain).has_value());
}

TEST(OrderReading, OneLineForAllLanguagesOfAKindAndHazard) {
  const auto order = read_of(sample::order());
  EXPECT_EQ(order.update_kind, "new");
  EXPECT_EQ(order.document, "0b1f7f2e-6d0c-4d3e-9a51-2f6f1c5a7d10");
  EXPECT_EQ(order.revision, "1");
  EXPECT_EQ(order.alerting, "loud");
  EXPECT_EQ(order.publishing_office, "362018");
  ASSERT_EQ(order.lines.size(), 1u);
  const auto& line = order.lines[0];
  EXPECT_EQ(line.event, "evac.l4");
  EXPECT_EQ(line.hazard, "flood");
  EXPECT_EQ(line.direction, Direction::issue);
  EXPECT_EQ(line.level, 4u);
  EXPECT_THAT(line.districts, ElementsAre("362018:kawauchi", "362018:ojin"))
      << "the districts are those of the Japanese info, not the one area of the English";
  EXPECT_EQ(line.onset_ms, sample::noon - hour / 6);
  EXPECT_EQ(line.expires_ms, sample::noon + 48 * hour);
  EXPECT_THAT(order.unknown, IsEmpty());
}

TEST(OrderReading, IssueLiftAndHazardAreLinesOfTheirOwn) {
  auto alert = sample::partly_lifted();
  auto landslide = alert.info[0];
  sample::code(landslide, "Hazard", "landslide");
  alert.info.push_back(landslide);
  const auto order = read_of(alert);
  EXPECT_EQ(order.update_kind, "update");
  ASSERT_EQ(order.lines.size(), 3u);
  EXPECT_EQ(order.lines[0].direction, Direction::issue);
  EXPECT_THAT(order.lines[0].districts, ElementsAre("362018:kawauchi"));
  EXPECT_EQ(order.lines[1].direction, Direction::lift);
  EXPECT_EQ(order.lines[1].level, 4u) << "the level that ended";
  EXPECT_THAT(order.lines[1].districts, ElementsAre("362018:ojin"));
  EXPECT_EQ(order.lines[2].hazard, "landslide");
}

TEST(OrderReading, TheDistrictsAreTheJapaneseOnesWhereverTheyStand) {
  auto alert = sample::order();
  std::swap(alert.info[0], alert.info[1]);
  EXPECT_THAT(read_of(alert).lines.at(0).districts, ElementsAre("362018:kawauchi", "362018:ojin"));
  alert.info[1].language = "JA";
  EXPECT_EQ(read_of(alert).lines.at(0).districts.size(), 2u);
  alert.info[1].language = "ja-x-yasashii";
  EXPECT_EQ(read_of(alert).lines.at(0).districts.size(), 3u) << "no Japanese info: all add up";
}

struct AreaCase {
  std::string name;
  std::vector<cap::NamedValue> geocodes;
  std::string district;  // "": none
};

TEST(OrderReading, AnAreaIsItsDistrictOrItsWholeMunicipality) {
  const std::string lg(list::lg_code), own(list::district), weather(list::jma_area);
  const AreaCase cases[] = {
      {"named", {{lg, "362018", {}}, {own, "362018:kawauchi", {}}}, "362018:kawauchi"},
      {"five digits", {{lg, "36201", {}}, {own, "36201:kawauchi", {}}}, "362018:kawauchi"},
      {"whole city", {{lg, "362018", {}}, {own, "362018:*", {}}}, "362018:*"},
      {"no district", {{lg, "36201", {}}}, "362018:*"},
      {"weather area", {{weather, "3620100", {}}}, "362018:*"},
      {"weather area and district", {{weather, "3620100", {}}, {own, "362018:x", {}}}, "362018:x"},
      {"malformed district", {{lg, "362018", {}}, {own, "kawauchi", {}}}, "362018:*"},
      {"wrong check digit", {{lg, "362017", {}}}, ""},
      {"weather area of six digits", {{weather, "362010", {}}}, ""},
      {"two places", {{lg, "362018", {}}, {lg, "362026", {}}}, ""},
      {"nothing", {}, ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    auto alert = sample::order();
    alert.info[0].area.resize(1);
    alert.info[0].area[0].geocode = c.geocodes;
    const auto districts = read_of(alert).lines.at(0).districts;
    if (c.district.empty())
      EXPECT_THAT(districts, IsEmpty());
    else
      EXPECT_THAT(districts, ElementsAre(c.district));
  }
}

TEST(OrderReading, ADistrictIsListedOnce) {
  auto alert = sample::order();
  alert.info[0].area.push_back(alert.info[0].area[0]);
  EXPECT_EQ(read_of(alert).lines.at(0).districts.size(), 2u);
}

TEST(OrderReading, WhatIsNotStatedFollowsFromTheRest) {
  auto alert = sample::order();
  for (auto& info : alert.info) {
    info.expires.reset();
    info.onset.reset();
    for (const auto* name : {"UpdateKind", "IssueOrLift", "WarningLevel"}) sample::drop(info, name);
  }
  auto order = read_of(alert);
  EXPECT_EQ(order.update_kind, "new");
  EXPECT_EQ(order.lines.at(0).direction, Direction::issue);
  EXPECT_EQ(order.lines.at(0).level, 4u);
  EXPECT_FALSE(order.lines.at(0).onset_ms.has_value());
  EXPECT_EQ(order.lines.at(0).expires_ms, sample::noon + 48 * hour) << "the life of an order";
  for (auto& info : alert.info) sample::code(info, "Event", "evac.none");
  EXPECT_EQ(read_of(alert).lines.at(0).expires_ms, sample::noon + 6 * hour);
  alert.msg_type = "Update";
  EXPECT_EQ(read_of(alert).update_kind, "update");
  alert.msg_type = "Cancel";
  EXPECT_EQ(read_of(alert).update_kind, "cancel");
  sample::set(alert.info[0], "UpdateKind", "correction");
  EXPECT_EQ(read_of(alert).update_kind, "correction");
}

TEST(OrderReading, WhatIsUnknownKeepsItsWordAndIsFlaggedOnce) {
  auto alert = sample::order();
  for (auto& info : alert.info) {
    sample::code(info, "Event", "evac.l6");
    sample::code(info, "Hazard", "meteor");
    sample::set(info, "WarningLevel", "6");
  }
  const auto order = read_of(alert);
  EXPECT_EQ(order.lines.at(0).event, "evac.l6");
  EXPECT_EQ(order.lines.at(0).hazard, "meteor");
  EXPECT_EQ(order.lines.at(0).level, level_unknown);
  EXPECT_FALSE(read_of(alert).lines.at(0).districts.empty());
  EXPECT_THAT(order.unknown, ElementsAre("jp.event evac.l6", "jp.hazard meteor", "jp.level 6"));
}

TEST(OrderReading, WithoutACodeTheWordOfTheEventCounts) {
  auto alert = sample::order();
  alert.info.resize(1);
  alert.info[0].event_code.clear();
  const auto order = read_of(alert);
  EXPECT_EQ(order.lines.at(0).event, "避難指示");
  EXPECT_THAT(order.unknown, ElementsAre("jp.event 避難指示"));
}

TEST(OrderReading, HoldsItsBounds) {
  auto alert = sample::order();
  std::string word;
  for (int i = 0; i < 100; ++i) word += "あ";
  alert.info.resize(1, alert.info[0]);
  const auto info = alert.info[0];
  for (int i = 0; i < 40; ++i) {
    alert.info.push_back(info);
    sample::code(alert.info.back(), "Event", word + std::to_string(i));
    sample::code(alert.info.back(), "Hazard", std::to_string(i));
  }
  const auto order = read_of(alert);
  EXPECT_EQ(order.unknown.size(), unknown_max);
  EXPECT_EQ(order.lines.at(1).event.size(), value_bytes_max - 2) << "no character is cut in two";
}

}  // namespace
}  // namespace noroshi::jp
