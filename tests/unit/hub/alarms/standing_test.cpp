#include "hub/alarms/standing.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

v1::Entry raised(const std::string& id, const std::string& kind, std::int64_t at_ms) {
  v1::Entry entry;
  entry.set_at_ms(at_ms);
  entry.mutable_body()->mutable_alarm_raised()->set_id(id);
  entry.mutable_body()->mutable_alarm_raised()->set_kind(kind);
  return entry;
}

v1::Entry cleared(const std::string& id, std::int64_t at_ms) {
  v1::Entry entry;
  entry.set_at_ms(at_ms);
  entry.mutable_body()->mutable_alarm_cleared()->set_id(id);
  return entry;
}

TEST(Standing, AnAlarmStandsUntilItIsClearedAndNotOnlyUntilItIsAcknowledged) {
  Standing standing;
  standing.apply(raised("disk", "disk", 10));
  ASSERT_NE(standing.find("disk"), nullptr);
  EXPECT_EQ(standing.find("disk")->state(), Alarm::State::standing);
  standing.apply(acknowledged("disk", 20));
  ASSERT_NE(standing.find("disk"), nullptr);
  EXPECT_EQ(standing.find("disk")->state(), Alarm::State::acknowledged);
  EXPECT_EQ(standing.find("disk")->acknowledged_by, "sato");
  standing.apply(cleared("disk", 30));
  EXPECT_EQ(standing.find("disk"), nullptr);
  ASSERT_EQ(standing.over().size(), 1u);
  EXPECT_EQ(standing.over()[0].cleared_ms, 30);
}

TEST(Standing, ASecondRaiseOfWhatStandsChangesNothing) {
  Standing standing;
  standing.apply(raised("disk", "disk", 10));
  standing.apply(raised("disk", "disk", 20));
  EXPECT_EQ(standing.find("disk")->at_ms, 10);
  standing.apply(cleared("disk", 30));
  standing.apply(raised("disk", "disk", 40));
  EXPECT_EQ(standing.find("disk")->at_ms, 40);
}

TEST(Standing, WhatNothingClearsEndsWithItsAcknowledgement) {
  Standing standing;
  standing.apply(raised("log.rolled_back:tv", "log.rolled_back", 10));
  standing.apply(acknowledged("log.rolled_back:tv", 20));
  EXPECT_EQ(standing.find("log.rolled_back:tv"), nullptr);
  EXPECT_EQ(standing.over().size(), 1u);
}

TEST(Standing, KeepsTheLastOfThoseThatAreOver) {
  Standing standing;
  for (int i = 0; i <= static_cast<int>(Standing::over_max); ++i) {
    standing.apply(raised("disk", "disk", i));
    standing.apply(cleared("disk", i));
  }
  EXPECT_EQ(standing.over().size(), Standing::over_max);
  EXPECT_EQ(standing.over().front().at_ms, 1);
}

}  // namespace
}  // namespace noroshi::alarms
