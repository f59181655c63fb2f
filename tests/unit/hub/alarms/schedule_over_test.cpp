// That an alarm is over: told once to whoever was told that it stands, through restarts.
#include <gtest/gtest.h>

#include "hub/alarms/schedule.hpp"
#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

using Outcome = Schedule::Outcome;
constexpr std::int64_t one_second = 1'000;
constexpr std::int64_t one_day = 24 * 3600 * one_second;

config::Notify rule_of(const std::string& program) {
  config::Notify rule;
  rule.command = {program};
  rule.repeat = std::chrono::seconds(10);
  return rule;
}

// A log of alarms, and who is told of them.
class Telling {
 public:
  explicit Telling(std::vector<config::Notify> rules) : rules_(rules), schedule(std::move(rules)) {}

  void restart() { schedule = Schedule(rules_, *Told::read(schedule.told().text(1), 1)); }

  void raise(const std::string& id, const std::string& kind = "disk") {
    v1::Entry entry;
    entry.mutable_body()->mutable_alarm_raised()->set_id(id);
    entry.mutable_body()->mutable_alarm_raised()->set_kind(kind);
    apply(std::move(entry));
  }
  void clear(const std::string& id) {
    v1::Entry entry;
    entry.mutable_body()->mutable_alarm_cleared()->set_id(id);
    apply(std::move(entry));
  }
  void acknowledge(const std::string& id) { apply(acknowledged(id)); }

  // What is due, each as "<rule> <word> <id>", with that outcome.
  std::vector<std::string> tell(Outcome outcome = Outcome::told) {
    std::vector<std::string> words;
    for (const auto& call : schedule.due(alarms, now_ms)) {
      words.push_back(std::to_string(call.rule) + " " + std::string(name_of(call.word)) + " " +
                      call.alarm.raised.id());
      schedule.over(call, outcome, now_ms);
    }
    return words;
  }

  std::int64_t now_ms = 1'000'000;
  Standing alarms;

 private:
  void apply(v1::Entry entry) {
    entry.set_sequence(++sequence_);
    entry.set_at_ms(now_ms);
    alarms.apply(entry);
  }

  std::vector<config::Notify> rules_;
  journal::Sequence sequence_ = 0;

 public:
  Schedule schedule;
};

using Words = std::vector<std::string>;

TEST(ScheduleOver, WhoWasToldIsToldOnceThatItIsOver) {
  Telling telling({rule_of("a"), rule_of("b")});
  telling.raise("disk");
  EXPECT_EQ(telling.tell(), (Words{"0 raised disk", "1 raised disk"}));
  telling.now_ms += 10 * one_second;
  EXPECT_EQ(telling.tell(), (Words{"0 repeated disk", "1 repeated disk"}));
  telling.clear("disk");
  EXPECT_EQ(telling.tell(), (Words{"0 over disk", "1 over disk"}));
  telling.now_ms += one_day;
  EXPECT_EQ(telling.tell(), Words{});
  EXPECT_TRUE(telling.schedule.told().all().empty());
}

TEST(ScheduleOver, NobodyIsToldOfTheEndOfWhatHeWasNotToldOf) {
  auto probes = rule_of("b");
  probes.alarms = {"probe"};
  Telling telling({rule_of("a"), probes});
  telling.raise("disk");
  EXPECT_EQ(telling.tell(Outcome::failed), (Words{"0 raised disk"}));
  telling.clear("disk");
  telling.now_ms += 60 * one_second;
  EXPECT_EQ(telling.tell(), Words{});
  telling.raise("clock", "clock");
  telling.clear("clock");  // before anybody could be told
  EXPECT_EQ(telling.tell(), Words{});
}

TEST(ScheduleOver, AnAcknowledgementEndsTheRepeatsAndNotTheWordThatItIsOver) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  telling.tell();
  telling.acknowledge("disk");
  telling.now_ms += one_day;
  EXPECT_EQ(telling.tell(), Words{});
  telling.clear("disk");
  EXPECT_EQ(telling.tell(), (Words{"0 over disk"}));
}

TEST(ScheduleOver, WhatEndsByBeingAcknowledgedIsNoNews) {
  Telling telling({rule_of("a")});
  telling.raise("log.rolled_back:tv", "log.rolled_back");
  telling.tell();
  telling.acknowledge("log.rolled_back:tv");
  EXPECT_EQ(telling.alarms.find("log.rolled_back:tv"), nullptr);
  EXPECT_EQ(telling.tell(), Words{});
  EXPECT_TRUE(telling.schedule.told().all().empty());
}

TEST(ScheduleOver, WhatFailsIsTriedAgainForADay) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  telling.tell();
  telling.clear("disk");
  EXPECT_EQ(telling.tell(Outcome::failed), (Words{"0 over disk"}));
  telling.now_ms += Schedule::retry_first_ms - 1;
  EXPECT_EQ(telling.tell(), Words{});
  telling.now_ms += 1;
  EXPECT_EQ(telling.tell(Outcome::failed), (Words{"0 over disk"}));
  telling.now_ms += one_day;
  EXPECT_EQ(telling.tell(), Words{});
  EXPECT_TRUE(telling.schedule.told().all().empty());
}

TEST(ScheduleOver, AWallClockThatWasSetBackByDaysLosesNothing) {
  Telling telling({rule_of("a")});
  telling.raise("clock", "clock");
  telling.tell();
  telling.now_ms -= 3 * one_day;  // as the log has it
  telling.clear("clock");
  telling.now_ms += 3 * one_day;
  EXPECT_EQ(telling.tell(), (Words{"0 over clock"}));
}

TEST(ScheduleOver, ARestartNeitherForgetsNorRepeatsIt) {
  Telling telling({rule_of("a"), rule_of("b")});
  telling.raise("disk");
  telling.raise("clock", "clock");
  telling.tell();
  telling.restart();
  EXPECT_EQ(telling.tell().front(), "0 repeated clock");  // anew after a start, and known so
  telling.clear("disk");
  telling.restart();
  EXPECT_EQ(telling.tell(),
            (Words{"0 repeated clock", "1 repeated clock", "0 over disk", "1 over disk"}));
  telling.restart();
  telling.acknowledge("clock");
  EXPECT_EQ(telling.tell(), Words{});
}

TEST(ScheduleOver, WhatIsRaisedAnewBeforeHeHeardOfItsEndHasNotEndedToHim) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  telling.tell();
  telling.clear("disk");
  EXPECT_EQ(telling.tell(Outcome::failed), (Words{"0 over disk"}));
  telling.raise("disk");
  telling.now_ms += 60 * one_second;
  EXPECT_EQ(telling.tell(Outcome::failed), (Words{"0 raised disk"}));
  telling.clear("disk");
  EXPECT_EQ(telling.tell(), (Words{"0 over disk"}));
  EXPECT_EQ(telling.tell(), Words{});
}

TEST(ScheduleOver, ItComesBehindTheWordThatIsStillUnderWay) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  const auto calls = telling.schedule.due(telling.alarms, telling.now_ms);
  telling.clear("disk");
  EXPECT_EQ(telling.tell(), Words{});
  telling.schedule.over(calls.at(0), Outcome::told, telling.now_ms);
  EXPECT_EQ(telling.tell(), (Words{"0 over disk"}));
}

TEST(ScheduleOver, NothingIsRaisedAnewWhileItsEndIsStillBeingTold) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  telling.tell();
  telling.clear("disk");
  const auto calls = telling.schedule.due(telling.alarms, telling.now_ms);
  ASSERT_EQ(calls.size(), 1u);
  telling.raise("disk");
  EXPECT_EQ(telling.tell(), Words{});
  telling.schedule.over(calls[0], Outcome::told, telling.now_ms);
  EXPECT_EQ(telling.tell(), (Words{"0 raised disk"}));
  telling.clear("disk");
  EXPECT_EQ(telling.tell(), (Words{"0 over disk"}));
}

TEST(ScheduleOver, WhoIsNotInTheConfigurationAnyMoreIsOwedNothing) {
  Telling telling({rule_of("a")});
  telling.raise("disk");
  telling.tell();
  Schedule other({rule_of("b")}, telling.schedule.told());
  telling.clear("disk");
  EXPECT_TRUE(other.due(telling.alarms, telling.now_ms).empty());
  EXPECT_TRUE(other.told().all().empty());
}

}  // namespace
}  // namespace noroshi::alarms
