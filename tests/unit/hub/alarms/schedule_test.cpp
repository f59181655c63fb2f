#include "hub/alarms/schedule.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

constexpr std::int64_t second = 1'000;

v1::Entry raised(journal::Sequence sequence, const std::string& id, const std::string& kind,
                 const std::string& drill = "") {
  v1::Entry entry;
  entry.set_sequence(sequence);
  entry.set_at_ms(static_cast<std::int64_t>(sequence));
  auto& alarm = *entry.mutable_body()->mutable_alarm_raised();
  alarm.set_id(id);
  alarm.set_kind(kind);
  alarm.set_drill(drill);
  return entry;
}

config::Notify rule() {
  config::Notify rule;
  rule.repeat = std::chrono::seconds(10);
  rule.repeat_max = std::chrono::seconds(30);
  return rule;
}

TEST(Schedule, TellsAtOnceThenWithGrowingDistanceUpToTheMost) {
  Schedule schedule({rule()});
  Standing alarms;
  alarms.apply(raised(1, "disk", "disk"));
  std::vector<std::int64_t> times;
  for (std::int64_t now = 0; now < 100 * second; now += second)
    for (const auto& call : schedule.due(alarms, now)) {
      times.push_back(now / second);
      EXPECT_EQ(call.time, times.size());
      schedule.over(call, Schedule::Outcome::told, now);
    }
  EXPECT_EQ(times, (std::vector<std::int64_t>{0, 10, 30, 60, 90}));
}

TEST(Schedule, AnAcknowledgementEndsItAndANewAlarmBeginsAnew) {
  Schedule schedule({rule()});
  Standing alarms;
  alarms.apply(raised(1, "disk", "disk"));
  schedule.over(schedule.due(alarms, 0).at(0), Schedule::Outcome::told, 0);
  alarms.apply(acknowledged("disk"));
  EXPECT_TRUE(schedule.due(alarms, 1'000 * second).empty());
  v1::Entry cleared;
  cleared.mutable_body()->mutable_alarm_cleared()->set_id("disk");
  alarms.apply(cleared);
  alarms.apply(raised(5, "disk", "disk"));
  const auto calls = schedule.due(alarms, 1'001 * second);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].time, 1u);
}

TEST(Schedule, WhatFailsIsTriedAgainSoonerAndNotMoreOftenThanItIsRepeated) {
  Schedule schedule({rule()});
  Standing alarms;
  alarms.apply(raised(1, "disk", "disk"));
  std::vector<std::int64_t> times;
  for (std::int64_t now = 0; now < 40 * second; now += second)
    for (const auto& call : schedule.due(alarms, now)) {
      times.push_back(now / second);
      EXPECT_EQ(call.time, 1u);
      schedule.over(call, Schedule::Outcome::failed, now);
    }
  EXPECT_EQ(times, (std::vector<std::int64_t>{0, 5, 15, 25, 35}));
}

TEST(Schedule, OnlySoManyAreUnderWayAndTheOldestGoFirst) {
  Schedule schedule({rule()});
  Standing alarms;
  for (journal::Sequence i = 1; i <= 9; ++i)
    alarms.apply(raised(10 - i, "probe:" + std::to_string(i), "probe"));
  const auto first = schedule.due(alarms, 0);
  ASSERT_EQ(first.size(), Schedule::calls_at_once_max);
  EXPECT_EQ(first[0].alarm.raised.id(), "probe:9");
  EXPECT_TRUE(schedule.due(alarms, 0).empty());
  schedule.over(first[0], Schedule::Outcome::told, 0);
  EXPECT_EQ(schedule.due(alarms, 0).size(), 1u);
}

TEST(Schedule, AChannelThatHangsHoldsUpNoOther) {
  auto hanging = rule(), good = rule();
  hanging.command = {"hang"};
  good.command = {"wake"};
  Schedule schedule({hanging, good});
  Standing alarms;
  for (journal::Sequence i = 1; i <= 20; ++i)
    alarms.apply(raised(i, "probe:" + std::to_string(i), "probe"));
  std::size_t told = 0;
  for (int turn = 0; turn < 20; ++turn)
    for (const auto& call : schedule.due(alarms, 0)) {
      if (call.rule == 0) continue;  // never ends
      ++told;
      schedule.over(call, Schedule::Outcome::told, 0);
    }
  EXPECT_EQ(told, 20u);
}

TEST(Schedule, ACallThatEndsAfterItsAlarmMakesRoomForOthers) {
  Schedule schedule({rule()});
  Standing alarms;
  alarms.apply(raised(1, "disk", "disk"));
  const auto calls = schedule.due(alarms, 0);
  v1::Entry cleared;
  cleared.mutable_body()->mutable_alarm_cleared()->set_id("disk");
  alarms.apply(cleared);
  EXPECT_TRUE(schedule.due(alarms, 0).empty());
  schedule.over(calls.at(0), Schedule::Outcome::told, 0);
  for (journal::Sequence i = 2; i < 9; ++i)
    alarms.apply(raised(i, "probe:" + std::to_string(i), "probe"));
  EXPECT_EQ(schedule.due(alarms, 0).size(), Schedule::calls_at_once_max);
}

TEST(Schedule, ARuleIsToldWhatItAsksFor) {
  auto deadlines = rule();
  deadlines.alarms = {"deadline.", "disk"};
  auto drills = rule();
  drills.drills = true;
  Standing alarms;
  alarms.apply(raised(1, "disk", "disk"));
  alarms.apply(raised(2, "clock", "clock"));
  alarms.apply(raised(3, "deadline.shown:1", "deadline.shown"));
  alarms.apply(raised(4, "deadline.shown:2", "deadline.shown", "shakeout"));
  const auto asked = [&](const config::Notify& which) {
    std::size_t count = 0;
    for (const auto& [id, alarm] : alarms.all()) count += concerns(which, alarm) ? 1 : 0;
    return count;
  };
  EXPECT_EQ(asked(rule()), 3u);
  EXPECT_EQ(asked(deadlines), 2u);
  EXPECT_EQ(asked(drills), 4u);
}

}  // namespace
}  // namespace noroshi::alarms
