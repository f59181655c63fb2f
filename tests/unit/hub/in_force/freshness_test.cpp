#include "hub/in_force/freshness.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

class FreshnessTest : public testing::Test {
 protected:
  void take(const journal::Stored& stored) {
    freshness_.apply(stored.entry);
    log_.now_ms += hour_ms;
  }
  Log log_;
  Freshness freshness_{"live"};
};

TEST_F(FreshnessTest, WhoNeverSpokeIsToldFromWhoReportedNothing) {
  EXPECT_FALSE(freshness_.last_word("p", "362018"));
  take(log_.order("p", {{"evac.none", "362018:*", ""}}));
  const auto word = freshness_.last_word("p", "362018");
  ASSERT_TRUE(word);
  EXPECT_EQ(word->null_report_ms, begin_ms);
  EXPECT_FALSE(freshness_.last_word("p", "362026")) << "of another place it never spoke";
}

TEST_F(FreshnessTest, AnOrderTakesBackANullReportAndOtherNewsDoesNot) {
  take(log_.order("p", {{"evac.none", "362018:*", ""}}));
  take(log_.order("p", {{"shelter", "362018:a", ""}}));
  EXPECT_EQ(freshness_.last_word("p", "362018")->null_report_ms, begin_ms);
  EXPECT_EQ(freshness_.last_word("p", "362018")->at_ms, begin_ms + hour_ms);
  take(log_.order("p", {{"evac.l3", "362018:a", ""}}));
  EXPECT_FALSE(freshness_.last_word("p", "362018")->null_report_ms);
}

TEST_F(FreshnessTest, OfAWidePlaceThereIsNoneOnlyWhenEachPartReportsIt) {
  take(log_.order("p", {{"evac.none", "362018:*", ""}}));
  take(log_.order("p", {{"evac.none", "362026:*", ""}}));
  EXPECT_EQ(freshness_.last_word("p", "36")->null_report_ms, begin_ms) << "the older";
  take(log_.order("p", {{"evac.l4", "362026:a", ""}}));
  EXPECT_FALSE(freshness_.last_word("p", "36")->null_report_ms);
  EXPECT_TRUE(freshness_.last_word("p", "362018")->null_report_ms);
}

}  // namespace
}  // namespace noroshi::in_force
