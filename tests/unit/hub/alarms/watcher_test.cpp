#include "hub/alarms/watcher.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

constexpr std::int64_t second = 1'000;

// A log, a clock set by hand, and a view that says what it is told to.
class Hub {
 public:
  Hub() { start(); }

  void start() {
    Folds folds;
    for (const auto& entry : log) folds.apply(entry, entry.at_ms());
    Surroundings surroundings;
    surroundings.wall_ms = [this] { return wall; };
    surroundings.steady_ms = [this] { return steady; };
    surroundings.ladder = [this](const drills::Channel&, journal::Sequence alert,
                                 const Surroundings::LadderAnswer& answer) {
      ++looks;
      if (view_is_busy) return answer(failure(ErrorCode::unavailable, "busy"));
      view::Ladder ladder;
      for (const auto& subscriber : queued[alert])
        ladder.rungs.push_back(view::Rung{subscriber, subscriber});
      answer(ladder);
    };
    surroundings.write = [this](v1::EntryBody body, const std::function<void(bool)>& done) {
      if (journal_is_full) return done(false);
      v1::Entry entry;
      *entry.mutable_body() = std::move(body);
      tell(entry);
      done(true);
    };
    watcher = std::make_unique<Watcher>(std::move(folds), std::move(surroundings));
  }

  void tell(v1::Entry entry) {
    entry.set_sequence(log.size() + 1);
    entry.set_at_ms(wall);
    log.push_back(entry);
    watcher->apply(entry);
  }

  void pass(std::int64_t ms) {
    for (std::int64_t passed = 0; passed < ms; passed += 500) {
      wall += 500;
      steady += 500;
      watcher->tick();
    }
  }

  [[nodiscard]] std::size_t raised(const std::string& id) const {
    std::size_t count = 0;
    for (const auto& entry : log) count += entry.body().alarm_raised().id() == id ? 1 : 0;
    return count;
  }
  [[nodiscard]] bool stands(const std::string& id) const {
    return watcher->alarms().find(id) != nullptr;
  }

  std::int64_t wall = 1'800'000'000'000;
  std::int64_t steady = 5'000;
  std::vector<v1::Entry> log;
  std::map<journal::Sequence, std::vector<std::string>> queued;
  bool view_is_busy = false;
  bool journal_is_full = false;
  int looks = 0;
  std::unique_ptr<Watcher> watcher;
};

TEST(Watcher, AMissedDeadlineIsRaisedOnceAndClearedWhenAllHaveReachedIt) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.queued[2] = {"radio", "tv"};
  hub.tell(alert(2));
  hub.pass(9 * second);
  EXPECT_EQ(hub.looks, 0);
  hub.pass(60 * second);
  ASSERT_TRUE(hub.stands("deadline.delivered:2"));
  EXPECT_EQ(hub.raised("deadline.delivered:2"), 1u);
  const auto& raised = hub.watcher->alarms().find("deadline.delivered:2")->raised;
  EXPECT_EQ(raised.publisher(), "362018");
  EXPECT_EQ(raised.sequence(), 2u);
  EXPECT_EQ(raised.missing(), 2u);
  EXPECT_EQ(raised.subscribers(0), "radio");
  hub.queued[2] = {};
  hub.pass(61 * second);
  EXPECT_FALSE(hub.stands("deadline.delivered:2"));
  EXPECT_EQ(hub.watcher->counts().missed.at("deadline.delivered"), 1u);
  const auto looks = hub.looks;
  hub.pass(300 * second);
  EXPECT_LE(hub.looks, looks + 1);
}

TEST(Watcher, ADeadlineThatWasKeptRaisesNothing) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.tell(alert(2));
  hub.pass(60 * second);
  EXPECT_EQ(hub.looks, 1);
  EXPECT_TRUE(hub.watcher->alarms().all().empty());
  EXPECT_EQ(hub.watcher->counts().kept.at("deadline.delivered"), 1u);
}

TEST(Watcher, WhileItStandsTheLadderIsAskedForLessAndLessOften) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.queued[2] = {"tv"};
  hub.tell(alert(2));
  hub.pass(3600 * second);
  EXPECT_GE(hub.looks, 55);
  EXPECT_LE(hub.looks, 70);
}

TEST(Watcher, ARestartRaisesNoSecondAndClearsWhatIsOver) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.queued[2] = {"tv"};
  hub.tell(alert(2));
  hub.pass(12 * second);
  ASSERT_TRUE(hub.stands("deadline.delivered:2"));
  hub.start();
  ASSERT_TRUE(hub.stands("deadline.delivered:2"));
  hub.pass(10 * second);
  EXPECT_EQ(hub.raised("deadline.delivered:2"), 1u);
  hub.queued[2] = {};
  hub.pass(60 * second);
  EXPECT_FALSE(hub.stands("deadline.delivered:2"));
}

TEST(Watcher, WhatWasDueWhileTheHubWasDownIsLookedAtAgainForADay) {
  for (const auto& [down_ms, expected] : {std::pair{std::int64_t{3600} * second, true},
                                          std::pair{std::int64_t{90'000} * second, false}}) {
    Hub hub;
    hub.tell(registered(1, 10));
    hub.queued[2] = {"tv"};
    hub.tell(alert(2));
    hub.wall += down_ms;
    hub.steady = 0;
    hub.start();
    hub.pass(2 * second);
    EXPECT_EQ(hub.stands("deadline.delivered:2"), expected) << down_ms;
  }
}

TEST(Watcher, AViewThatIsBusyAndAJournalThatIsFullAreAskedAgain) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.queued[2] = {"tv"};
  hub.tell(alert(2));
  hub.view_is_busy = true;
  hub.pass(20 * second);
  hub.view_is_busy = false;
  hub.journal_is_full = true;
  hub.pass(60 * second);
  EXPECT_FALSE(hub.stands("deadline.delivered:2"));
  hub.journal_is_full = false;
  hub.pass(61 * second);
  EXPECT_TRUE(hub.stands("deadline.delivered:2"));
  EXPECT_EQ(hub.raised("deadline.delivered:2"), 1u);
}

TEST(Watcher, AlarmsOfADrillSaySoAndEndWithIt) {
  Hub hub;
  hub.tell(registered(1, 10));
  hub.tell(drill_opened(2, "shakeout", hub.wall + 3600 * second));
  hub.queued[3] = {"tv"};
  hub.tell(alert(3, "Alert", {}, "shakeout"));
  hub.pass(12 * second);
  ASSERT_TRUE(hub.stands("deadline.delivered:3"));
  EXPECT_EQ(hub.watcher->alarms().find("deadline.delivered:3")->raised.drill(), "shakeout");
  v1::Entry closed;
  closed.mutable_body()->mutable_drill_closed()->set_id("shakeout");
  hub.tell(closed);
  hub.pass(second);
  EXPECT_FALSE(hub.stands("deadline.delivered:3"));
  hub.pass(120 * second);
  EXPECT_EQ(hub.raised("deadline.delivered:3"), 1u);
}

TEST(Watcher, AJumpOfTheClockIsAnAlarmAndMovesNoDeadline) {
  Hub hub;
  hub.pass(second);
  hub.tell(registered(1, 10));
  hub.queued[2] = {"tv"};
  hub.tell(alert(2));
  hub.wall += 3600 * second;
  hub.pass(8 * second);
  ASSERT_TRUE(hub.stands("clock"));
  EXPECT_EQ(hub.watcher->alarms().find("clock")->raised.detail(), "jumped by +3600.0 s");
  EXPECT_EQ(hub.looks, 0);
  hub.pass(4 * second);
  EXPECT_TRUE(hub.stands("deadline.delivered:2"));
  hub.pass(ClockWatch::remembered_ms);
  EXPECT_FALSE(hub.stands("clock"));
}

TEST(Watcher, AnOrderThatRanOutIsAnAlarmUntilItIsCancelled) {
  Hub hub;
  auto order = alert(1);
  add_line(order, "evac.l4").set_expires_ms(hub.wall + 30 * second);
  hub.tell(order);
  hub.pass(29 * second);
  EXPECT_FALSE(hub.stands("order.unlifted:1"));
  hub.pass(2 * second);
  EXPECT_TRUE(hub.stands("order.unlifted:1"));
  hub.tell(acknowledged("order.unlifted:1"));
  hub.pass(second);
  EXPECT_TRUE(hub.stands("order.unlifted:1"));
  hub.tell(alert(4, "Cancel", {1}));
  hub.pass(second);
  EXPECT_FALSE(hub.stands("order.unlifted:1"));
  EXPECT_EQ(hub.raised("order.unlifted:1"), 1u);
}

TEST(Watcher, AFullDiskIsAnAlarmUntilThereIsClearlyRoomAgain) {
  Hub hub;
  hub.watcher->disk(999, 1'000);
  EXPECT_TRUE(hub.stands("disk"));
  hub.watcher->disk(1'050, 1'000);
  EXPECT_TRUE(hub.stands("disk"));
  hub.watcher->disk(1'100, 1'000);
  EXPECT_FALSE(hub.stands("disk"));
  hub.watcher->disk(1'000, 1'000);
  EXPECT_FALSE(hub.stands("disk"));
}

TEST(Watcher, ASubscriberAheadOfTheLogIsAnAlarmUntilSomebodyHasSeenToIt) {
  Hub hub;
  hub.watcher->rolled_back("tv", "", "resume_after 9 is beyond the head 3");
  hub.watcher->rolled_back("tv", "", "resume_after 9 is beyond the head 3");
  hub.watcher->rolled_back("tv", "shakeout", "");
  EXPECT_EQ(hub.raised("log.rolled_back:tv"), 1u);
  EXPECT_TRUE(hub.stands("log.rolled_back:shakeout:tv"));
  hub.tell(acknowledged("log.rolled_back:tv"));
  EXPECT_FALSE(hub.stands("log.rolled_back:tv"));
}

}  // namespace
}  // namespace noroshi::alarms
