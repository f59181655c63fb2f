#include "hub/alarms/deadlines.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

std::vector<Step> steps(Deadlines& deadlines, std::int64_t now_ms) {
  std::vector<Step> steps;
  for (const auto& look : deadlines.take_due(now_ms)) steps.push_back(look.step);
  return steps;
}

TEST(Deadlines, AreDueSoLongAfterTheAlertAndToldOnce) {
  Deadlines deadlines;
  deadlines.apply(registered(1, 10, 60), 0);
  deadlines.apply(alert(2), 1'000);
  EXPECT_TRUE(steps(deadlines, 10'999).empty());
  EXPECT_EQ(steps(deadlines, 11'000), std::vector{Step::delivered});
  EXPECT_TRUE(steps(deadlines, 60'999).empty());
  EXPECT_EQ(steps(deadlines, 61'000), std::vector{Step::shown});
  EXPECT_EQ(deadlines.waiting(), 0u);
}

TEST(Deadlines, ThoseWhenTheAlertWasSentCount) {
  Deadlines deadlines;
  deadlines.apply(alert(1), 0);  // before there were any
  deadlines.apply(registered(2, 10), 0);
  deadlines.apply(alert(3), 0);
  deadlines.apply(registered(4, 0), 0);
  deadlines.apply(alert(5), 0);
  const auto due = deadlines.take_due(1'000'000);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].alert, 3u);
}

TEST(Deadlines, OfAnAlertAreToldForEver) {
  Deadlines deadlines;
  const auto old = alert(1);
  const auto order = alert(3);
  const auto cancel = alert(6, "Cancel", {3});
  deadlines.apply(old, 0);
  deadlines.apply(registered(2, 10, 60, 120), 0);
  deadlines.apply(order, 0);
  deadlines.take_due(1'000'000);
  deadlines.apply(registered(4, 20, 60, 120), 0);
  deadlines.apply(registered(5, 20, 60, 120), 0);  // something else of the publisher was changed
  deadlines.apply(cancel, 0);
  deadlines.apply(registered(7, 0), 0);
  const auto told = [&](const v1::Entry& entry) {
    std::vector<std::pair<std::string_view, std::uint32_t>> steps;
    for (const auto& [step, within_s] :
         deadlines.of(entry.body().alert_accepted(), entry.sequence()))
      steps.emplace_back(name_of(step), within_s);
    return steps;
  };
  using Told = std::vector<std::pair<std::string_view, std::uint32_t>>;
  EXPECT_EQ(told(old), Told{});
  EXPECT_EQ(told(order), (Told{{"delivered", 10}, {"shown", 60}}));
  EXPECT_EQ(told(cancel), (Told{{"delivered", 20}, {"withdrawn", 120}}));
  EXPECT_EQ(told(alert(8)), Told{});
}

TEST(Deadlines, ForgetWhatThePublisherHadLongAgo) {
  Deadlines deadlines;
  const std::uint32_t changes = Deadlines::changes_max + 1;
  for (std::uint32_t i = 0; i < changes; ++i) deadlines.apply(registered(10 + 10 * i, i + 1), 0);
  EXPECT_TRUE(deadlines.of(alert(11).body().alert_accepted(), 11).empty());
  const auto kept = deadlines.of(alert(21).body().alert_accepted(), 21);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].within_s, 2u);
}

TEST(Deadlines, ACancelIsNotToBeShownAndIsToEndSomething) {
  Deadlines deadlines;
  deadlines.apply(registered(1, 0, 60, 120), 0);
  deadlines.apply(alert(2), 0);
  deadlines.apply(alert(3, "Cancel", {2}), 0);
  const auto due = deadlines.take_due(1'000'000);
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].alert, 2u);
  EXPECT_EQ(due[0].step, Step::shown);
  EXPECT_EQ(due[1].alert, 3u);
  EXPECT_EQ(due[1].step, Step::withdrawn);
}

TEST(Deadlines, ALiftIsToEndSomethingToo) {
  Deadlines deadlines;
  deadlines.apply(registered(1, 0, 0, 120), 0);
  auto lift = alert(2, "Update", {1});
  add_line(lift, "evac.l4").set_lift(true);
  deadlines.apply(lift, 0);
  EXPECT_EQ(steps(deadlines, 120'000), std::vector{Step::withdrawn});
}

TEST(Deadlines, KeepThoseOfTheLastAlertsWhenThereAreTooMany) {
  Deadlines deadlines;
  deadlines.apply(registered(1, 10), 0);
  for (std::size_t i = 0; i < Deadlines::looks_max + 1; ++i)
    deadlines.apply(alert(2 + i), static_cast<std::int64_t>(i));
  EXPECT_EQ(deadlines.waiting(), Deadlines::looks_max);
  EXPECT_EQ(deadlines.take_due(10'001).front().alert, 3u);
}

view::Rung rung(const std::string& subscriber, view::Rung::State state, view::Rung::Stored stored,
                view::Rung::Earlier earlier = view::Rung::Earlier::never_shown) {
  view::Rung rung{subscriber, subscriber};
  rung.state = state;
  rung.stored = stored;
  rung.earlier = earlier;
  return rung;
}

TEST(Missing, SaysWhoHasNotReachedAStep) {
  using State = view::Rung::State;
  using Stored = view::Rung::Stored;
  using Earlier = view::Rung::Earlier;
  view::Ladder ladder;
  ladder.rungs = {rung("a", State::queued, Stored::no),
                  rung("b", State::delivered, Stored::delivered),
                  rung("c", State::shown, Stored::delivered, Earlier::shown),
                  rung("d", State::passed, Stored::passed, Earlier::withdrawn),
                  rung("e", State::refused, Stored::delivered),
                  rung("f", State::replaced, Stored::delivered)};
  EXPECT_EQ(missing_in(ladder, Step::delivered).subscribers, (std::vector<std::string>{"a"}));
  EXPECT_EQ(missing_in(ladder, Step::shown).subscribers, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(missing_in(ladder, Step::withdrawn).subscribers, (std::vector<std::string>{"c"}));
}

TEST(Missing, CountsAllAndNamesAHundred) {
  view::Ladder ladder;
  for (int i = 0; i < 150; ++i)
    ladder.rungs.push_back(
        rung(std::to_string(i), view::Rung::State::queued, view::Rung::Stored::no));
  const auto missing = missing_in(ladder, Step::delivered);
  EXPECT_EQ(missing.count, 150u);
  EXPECT_EQ(missing.subscribers.size(), Missing::names_max);
}

}  // namespace
}  // namespace noroshi::alarms
