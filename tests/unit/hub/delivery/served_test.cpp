#include "hub/delivery/served.hpp"

#include <gtest/gtest.h>

namespace noroshi::delivery {
namespace {

TEST(Served, WhatWasServedMayBeAcknowledgedAndNothingNewer) {
  Served served;
  EXPECT_FALSE(served.acknowledge(0, 1));
  served.served(9, Form::delivered);
  served.served(4, Form::delivered);  // an older page, afterwards
  EXPECT_FALSE(served.acknowledge(0, 10));
  const auto settled = served.acknowledge(3, 9);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->after, 3U);
  EXPECT_EQ(settled->through, 9U);
  EXPECT_EQ(settled->deliveries, 2U);
}

TEST(Served, TheFirstFormOfAnAlertCounts) {
  Served served;
  served.served(1, Form::delivered);
  served.served(2, Form::passed);
  served.served(1, Form::passed);
  served.served(2, Form::delivered);
  EXPECT_EQ(served.held(0, 2).passed, (std::vector<Sequence>{2}));
  EXPECT_TRUE(served.held(2, 2).passed.empty()) << "settled before";
}

TEST(Served, WhatStandsBeforeTheCursorSettlesNothing) {
  Served served;
  served.served(5, Form::passed);
  const auto settled = served.held(7, 6);
  EXPECT_EQ(settled.through, 7U);
  EXPECT_EQ(settled.deliveries, 0U);
  EXPECT_TRUE(settled.passed.empty());
}

TEST(Served, ItKeepsSoManyAndForgetsTheFormOfTheRest) {
  Served served;
  for (Sequence i = 1; i <= Served::kept_max + 1; ++i) served.served(i, Form::passed);
  EXPECT_EQ(served.newest(), Served::kept_max + 1);
  const auto settled = served.acknowledge(0, Served::kept_max + 1);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->passed.size(), Served::kept_max);
  EXPECT_EQ(settled->through, Served::kept_max + 1);
}

}  // namespace
}  // namespace noroshi::delivery
