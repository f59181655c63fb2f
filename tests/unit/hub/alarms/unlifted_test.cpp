#include "hub/alarms/unlifted.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/alarms/entries_told.hpp"

namespace noroshi::alarms {
namespace {

v1::Entry order(journal::Sequence sequence, std::int64_t expires_ms, const std::string& type,
                const std::vector<journal::Sequence>& refers = {}) {
  auto entry = alert(sequence, type, refers);
  add_line(entry, "evac.l4").set_expires_ms(expires_ms);
  return entry;
}

TEST(Unlifted, AnOrderThatRanOutIsToldUntilItIsLiftedReplacedOrCancelled) {
  for (const auto* end : {"lift", "update", "cancel"}) {
    Unlifted unlifted;
    unlifted.apply(order(2, 1'000, "Alert"));
    EXPECT_TRUE(unlifted.at(999).empty());
    ASSERT_EQ(unlifted.at(1'000).size(), 1u);
    EXPECT_EQ(unlifted.at(1'000)[0].sequence, 2u);
    EXPECT_EQ(unlifted.at(1'000)[0].event, "evac.l4");
    auto next =
        std::string(end) == "cancel" ? alert(3, "Cancel", {2}) : order(3, 9'000, "Update", {2});
    if (std::string(end) == "lift")
      next.mutable_body()->mutable_alert_accepted()->mutable_lines(0)->set_lift(true);
    unlifted.apply(next);
    EXPECT_TRUE(unlifted.at(8'999).empty()) << end;
    EXPECT_EQ(unlifted.at(9'000).size(), std::string(end) == "update" ? 1u : 0u) << end;
  }
}

TEST(Unlifted, WhatEndsByItselfIsNot) {
  Unlifted unlifted;
  auto notice = alert(2);
  add_line(notice, "notice.general").set_expires_ms(1'000);
  unlifted.apply(notice);
  auto endless = alert(3);
  add_line(endless, "evac.l4");
  unlifted.apply(endless);
  EXPECT_TRUE(unlifted.at(1'000'000).empty());
}

TEST(Unlifted, ADrillEndsNothingOfTheLivePath) {
  Unlifted unlifted;
  unlifted.apply(order(2, 1'000, "Alert"));
  unlifted.apply(alert(3, "Cancel", {2}, "shakeout"));
  EXPECT_EQ(unlifted.at(1'000).size(), 1u);
}

}  // namespace
}  // namespace noroshi::alarms
