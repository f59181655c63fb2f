#include "hub/delivery/window.hpp"

#include <gtest/gtest.h>

namespace noroshi::delivery {
namespace {

TEST(Window, IsFullAtItsBoundAndOpensWithAnAcknowledgement) {
  Window window(2, 10);
  window.sent(11, Form::delivered);
  EXPECT_TRUE(window.open());
  window.sent(15, Form::delivered);
  EXPECT_FALSE(window.open());
  const auto settled = window.acknowledge(11);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->after, 10u);
  EXPECT_EQ(settled->through, 11u);
  EXPECT_EQ(settled->deliveries, 1u);
  EXPECT_TRUE(window.open());
}

TEST(Window, AnAcknowledgementIsCumulativeAndTellsWhatWasPassed) {
  Window window(8, 0);
  window.sent(1, Form::delivered);
  window.sent(3, Form::passed);
  window.sent(7, Form::delivered);
  const auto settled = window.acknowledge(7);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->deliveries, 2u);
  EXPECT_EQ(settled->passed, std::vector<Sequence>{3});
  EXPECT_EQ(window.outstanding(), 0u);
}

TEST(Window, BeyondWhatWasSentIsAProtocolError) {
  Window window(8, 5);
  EXPECT_FALSE(window.acknowledge(6));
  window.sent(6, Form::delivered);
  EXPECT_TRUE(window.acknowledge(6));
  EXPECT_FALSE(window.acknowledge(7));
  window.told(9);
  EXPECT_TRUE(window.acknowledge(9)) << "a heartbeat said so";
  EXPECT_FALSE(window.acknowledge(10));
}

TEST(Window, ALowerOneSettlesNothingAndNeverGoesBack) {
  Window window(8, 5);
  window.sent(6, Form::delivered);
  ASSERT_TRUE(window.acknowledge(6));
  const auto settled = window.acknowledge(3);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->through, settled->after);
  EXPECT_EQ(window.acknowledged(), 6u);
}

}  // namespace
}  // namespace noroshi::delivery
