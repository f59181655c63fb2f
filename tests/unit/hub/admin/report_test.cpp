#include <gtest/gtest.h>

#include "hub/admin/report_numbers.hpp"
#include "hub/admin/report_summary.hpp"
#include "hub/admin/report_timeline.hpp"
#include "tests/unit/hub/admin/reported_city.hpp"

namespace noroshi::admin {
namespace {

using view::Medium;
using view::Rung;

TEST(ReportNumbers, CountStatesAndHowLongEachStepTook) {
  auto order = reported_city::reported_order();
  auto tv = reported_city::rung("tv", Rung::State::shown, 120);
  tv.media = {reported_city::medium("tv.lshape", Medium::State::shown, 900, 900),
              reported_city::medium("web", Medium::State::withdrawn, 800, 60'000)};
  tv.earlier = Rung::Earlier::shown;
  auto late = reported_city::rung("late", Rung::State::passed, 70'000);
  late.stored = Rung::Stored::passed;
  order.ladder.rungs = {late, reported_city::rung("radio", Rung::State::delivered, 40),
                        reported_city::rung("sat", Rung::State::queued), tv};
  const auto numbers = numbers_of(order);
  EXPECT_EQ(numbers.addressed, 4u);
  EXPECT_EQ(numbers.states, (std::array<std::size_t, 7>{1, 1, 1, 0, 0, 1, 0}));
  EXPECT_EQ(numbers.delivered.count, 2u);
  EXPECT_EQ(numbers.delivered.first_ms, 40);
  EXPECT_EQ(numbers.delivered.median_ms, 40);
  EXPECT_EQ(numbers.delivered.last_ms, 120);
  EXPECT_EQ(numbers.shown.count, 1u);
  EXPECT_EQ(numbers.shown.first_ms, 800);
  EXPECT_EQ(numbers.earlier_shown, 1u);
  EXPECT_EQ(numbers.earlier_withdrawn, 0u);
}

TEST(ReportNumbers, WhatTookItsPlaceFirstIsWhyItWasPassed) {
  ReportedLadder ladder;
  EXPECT_EQ(passed_by(ladder).why, ReportSay::passed_expired);
  ladder.cancelled_by = 12;
  EXPECT_EQ(passed_by(ladder).why, ReportSay::passed_cancelled);
  ladder.superseded_by = 11;
  EXPECT_EQ(passed_by(ladder).why, ReportSay::passed_superseded);
  EXPECT_EQ(passed_by(ladder).by, 11u);
}

TEST(ReportNumbers, DurationsAreForPeople) {
  const std::pair<std::int64_t, std::string> durations[] = {{0, "0.000 s"},
                                                            {350, "0.350 s"},
                                                            {-120, "-0.120 s"},
                                                            {59'999, "59.999 s"},
                                                            {60'000, "1 min 00 s"},
                                                            {725'000, "12 min 05 s"},
                                                            {3'600'000, "1 h 00 min"},
                                                            {97'200'000, "1 d 03 h"}};
  for (const auto& [ms, text] : durations) EXPECT_EQ(duration_text(ms), text);
  EXPECT_EQ(report_time(0), "1970-01-01T09:00:00.000+09:00");
  EXPECT_EQ(report_time(1'795'000'000'042).substr(19), ".042+09:00");
}

TEST(ReportTimeline, GoesFromTheDecisionToTheEnd) {
  auto order = reported_city::reported_order();
  order.alert.mutable_approval()->set_author("kato");
  order.alert.mutable_approval()->set_approver("mori");
  order.drafted = Drafted{9, reported_city::accepted_ms - 30'000};
  auto tv = reported_city::rung("tv", Rung::State::withdrawn, 120);
  tv.media = {reported_city::medium("tv.lshape", Medium::State::withdrawn, 900, 60'000)};
  auto radio = reported_city::rung("radio", Rung::State::delivered, 40);
  order.ladder.rungs = {radio, tv};
  std::vector<std::pair<ReportSay, std::string>> told;
  for (const auto& moment : timeline_of(reported_city::report_of(order)))
    told.emplace_back(moment.what, moment.who);
  EXPECT_EQ(told, (std::vector<std::pair<ReportSay, std::string>>{
                      {ReportSay::ev_decided, ""},
                      {ReportSay::ev_drafted, "kato"},
                      {ReportSay::ev_approved, "mori"},
                      {ReportSay::ev_accepted, ""},
                      {ReportSay::ev_first_delivered, "radio"},
                      {ReportSay::ev_last_delivered, "tv"},
                      {ReportSay::ev_first_shown, "tv"},
                      {ReportSay::ev_last_ended, "tv"}}));
}

TEST(ReportSummary, SaysTheSameInBothLanguages) {
  auto order = reported_city::reported_order();
  order.alert.mutable_approval()->set_author("kato");
  order.ladder.refers_to = {7, 8};
  order.ladder.rungs = {reported_city::rung("tv", Rung::State::delivered, 120)};
  EXPECT_EQ(summary_lines(order, Language::japanese).size(),
            summary_lines(order, Language::english).size());
  EXPECT_EQ(summary_lines(order, Language::english).at(1),
            "It was decided at " + report_time(reported_city::accepted_ms - 90'000) +
                ", 1 min 30 s before it was accepted.");
}

TEST(ReportedLadder, ComesBackFromItsJson) {
  view::Ladder ladder;
  ladder.alert.sequence = 10;
  ladder.alert.cancelled_by = 12;
  ladder.refers_to = {7, 8};
  auto tv = reported_city::rung("tv", Rung::State::replaced, 120);
  tv.earlier = Rung::Earlier::withdrawn;
  tv.media = {reported_city::medium("web", Medium::State::replaced, 800, 60'000)};
  tv.media.front().detail = "\"<\n";
  ladder.rungs = {tv, reported_city::rung("radio", Rung::State::queued)};
  const auto answer = reported({99, 42, "live"}, registry::Registry(), ladder);
  const auto back = reported_ladder_in(answer.json);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->epoch, 42u);
  EXPECT_EQ(back->sequence, 10u);
  EXPECT_EQ(back->cancelled_by, 12u);
  EXPECT_EQ(back->superseded_by, std::nullopt);
  EXPECT_EQ(back->refers_to, ladder.refers_to);
  EXPECT_EQ(reported({99, 42, "live"}, registry::Registry(),
                     {ladder.alert, back->rungs, back->refers_to}),
            answer);
  for (const auto* wrong : {"", "null", "{}", "[]", "{\"epoch\":1}"})
    EXPECT_FALSE(reported_ladder_in(wrong)) << wrong;
}

}  // namespace
}  // namespace noroshi::admin
