#include "hub/outlets/webhook/retry.hpp"

#include <gtest/gtest.h>

namespace noroshi::webhook {
namespace {

using namespace std::chrono_literals;

TEST(Retry, WaitsTwiceAsLongEachTimeUpToSixHours) {
  const RetryRules rules;
  EXPECT_EQ(wait_after(rules, 1, {}, 0.5), 5s);
  EXPECT_EQ(wait_after(rules, 2, {}, 0.5), 10s);
  EXPECT_EQ(wait_after(rules, 8, {}, 0.5), 640s);
  EXPECT_EQ(wait_after(rules, 13, {}, 0.5), 20480s);
  EXPECT_EQ(wait_after(rules, 14, {}, 0.5), 6h);
  EXPECT_EQ(wait_after(rules, 4'000'000'000, {}, 0.5), 6h);
}

TEST(Retry, IsSpreadByAQuarterToBothSides) {
  const RetryRules rules;
  EXPECT_EQ(wait_after(rules, 2, {}, 0.0), 7500ms);
  EXPECT_EQ(wait_after(rules, 2, {}, 1.0), 12500ms);
}

TEST(Retry, HonoursALongerRetryAfterWithinBounds) {
  const RetryRules rules;
  EXPECT_EQ(wait_after(rules, 1, 60s, 0.5), 60s);
  EXPECT_EQ(wait_after(rules, 1, 1s, 0.5), 5s);
  EXPECT_EQ(wait_after(rules, 1, std::chrono::seconds(24h), 0.5), 6h);
}

TEST(Retry, GoesOnForThreeDaysAndFiveAttempts) {
  const RetryRules rules;
  EXPECT_FALSE(given_up(rules, 30, 72h - 1ms));
  EXPECT_TRUE(given_up(rules, 30, 72h));
  EXPECT_FALSE(given_up(rules, 4, 1000h));
  EXPECT_TRUE(given_up(rules, 5, 1000h));
}

}  // namespace
}  // namespace noroshi::webhook
