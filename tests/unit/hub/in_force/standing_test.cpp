#include "hub/in_force/standing.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hub/in_force/freshness.hpp"
#include "hub/journal/reduction.hpp"
#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

TEST(Concerns, WhatSomebodyInAPlaceShouldHearOf) {
  for (const auto& [area, code] :
       std::vector<std::pair<std::string, std::string>>{{"362018", "362018"},
                                                        {"36", "362018"},
                                                        {"36", "360007"},
                                                        {"362018", "360007"},
                                                        {"360007", "362018"},
                                                        {"141003", "141011"},
                                                        {"141011", "141003"},
                                                        {"*", "362018"},
                                                        {"*", ""}})
    EXPECT_TRUE(concerns(area, code)) << area << " " << code;
  for (const auto& [area, code] :
       std::vector<std::pair<std::string, std::string>>{{"362018", "362026"},
                                                        {"37", "362018"},
                                                        {"362018", "370002"},
                                                        {"362018", ""},
                                                        {"141011", "141020"}})
    EXPECT_FALSE(concerns(area, code)) << area << " " << code;
}

class StandingTest : public testing::Test {
 protected:
  Sequence take(const journal::Stored& stored) {
    standing_.apply(stored.entry);
    return stored.sequence;
  }
  [[nodiscard]] std::vector<Sequence> at(const std::string& area) const {
    return standing_.at(area, log_.now_ms);
  }

  Log log_;
  Standing standing_{"live"};
};

TEST_F(StandingTest, AnOrderStandsUntilItIsReplacedLiftedOrCancelled) {
  const auto order = take(log_.order("p", {{"evac.l4", "362018:a", ""}}));
  EXPECT_EQ(at("362018"), std::vector{order});
  const auto raised = take(log_.order("p", {{"evac.l5", "362018:a", ""}}, {order}));
  EXPECT_EQ(at("362018"), std::vector{raised});
  take(log_.order("p", {{"evac.l5", "362018:a", "", true}}, {raised}));
  EXPECT_TRUE(at("362018").empty());
  const auto wrong = take(log_.order("p", {{"evac.l4", "362018:a", ""}}));
  take(log_.cancel("p", {wrong}));
  EXPECT_TRUE(at("*").empty());
}

TEST_F(StandingTest, AnOrderThatRanOutStandsAndAPlainAlertDoesNot) {
  const auto order = take(log_.order("p", {{"evac.l4", "362018:a", ""}}));
  const auto plain = take(log_.plain("p", {"362018"}, begin_ms + hour_ms));
  const auto rain = take(log_.order("p", {{"rain", "362018:a", "", false, begin_ms + hour_ms}}));
  EXPECT_EQ(at("36"), (std::vector{rain, plain, order}));
  log_.now_ms += 100 * hour_ms;
  EXPECT_EQ(at("36"), std::vector{order});
}

TEST_F(StandingTest, ANullReportIsNothingThatStands) {
  take(log_.order("p", {{"evac.none", "362018:*", ""}}));
  EXPECT_TRUE(at("*").empty());
}

TEST_F(StandingTest, OtherChannelsAreNotItsOwn) {
  auto drill = log_.order("p", {{"evac.l4", "362018:a", ""}});
  drill.entry.mutable_body()->mutable_alert_accepted()->set_channel("drill:x");
  take(drill);
  auto mixed = log_.order("p", {{"evac.l4", "362018:a", ""}});
  mixed.entry.mutable_body()->mutable_alert_accepted()->set_drill("x");
  take(mixed);
  EXPECT_TRUE(at("*").empty());
}

TEST_F(StandingTest, WhatRanOutIsForgottenADayLater) {
  take(log_.plain("p", {"362018"}, begin_ms));
  take(log_.order("p", {{"evac.l4", "362018:a", "", false, begin_ms}}));
  EXPECT_TRUE(standing_.forget(begin_ms + 23 * hour_ms).empty());
  EXPECT_EQ(standing_.forget(begin_ms + 25 * hour_ms), std::vector<Sequence>{1});
  EXPECT_EQ(standing_.all(), std::vector<Sequence>{2}) << "somebody has to lift it";
}

TEST_F(StandingTest, IsTheSameFromTheLogAndFromItsReduction) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> codes{"362018", "362026", "141011", "360007"};
  Folds live("live");
  Folds reduced("live");
  journal::Reduction reduction;
  for (int i = 0; i < 500; ++i) {
    log_.now_ms += static_cast<std::int64_t>(random() % 60'000);
    const auto code = codes[random() % codes.size()];
    std::vector<Sequence> replaces;
    if (random() % 2 == 0 && i > 0) replaces.push_back(1 + random() % log_.head());
    journal::Stored next;
    switch (random() % 4) {
      case 0:
        next = log_.plain(code, {code}, log_.now_ms + hour_ms, replaces);
        break;
      case 1:
        next = log_.cancel(code, {1 + random() % (log_.head() + 1)});
        break;
      default:
        next = log_.order(code,
                          {{random() % 5 == 0 ? "evac.none" : "evac.l4", code + ":a", ""},
                           {"evac.l3", code + ":b", "", random() % 2 == 0}},
                          replaces);
    }
    live.apply(next.entry);
    reduction.add(next.entry);
    if (random() % 30 == 0 || i == 499) {
      const auto take_it = [&](const v1::Entry& entry) { reduced.apply(entry); };
      ASSERT_TRUE(journal::for_each_reduced(reduction.take(), take_it));
    }
  }
  EXPECT_FALSE(live.standing.all().empty());
  EXPECT_TRUE(live.standing == reduced.standing);
  EXPECT_TRUE(live.freshness == reduced.freshness);
}

}  // namespace
}  // namespace noroshi::in_force
