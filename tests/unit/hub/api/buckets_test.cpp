#include "hub/api/buckets.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace noroshi::api {
namespace {

using namespace std::chrono_literals;

const auto begin = Buckets::Time(1000s);

TEST(Buckets, ABurstIsTakenAndNotOneMore) {
  Buckets buckets({10, 20}, 100);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(buckets.refusal("a", begin)) << i;
  EXPECT_EQ(buckets.refusal("a", begin), 1s);
}

TEST(Buckets, FillAtTheirRateUpToTheBurst) {
  Buckets buckets({10, 20}, 100);
  for (int i = 0; i < 20; ++i) ASSERT_FALSE(buckets.refusal("a", begin));
  int taken = 0;
  while (!buckets.refusal("a", begin + 1s)) ++taken;
  EXPECT_EQ(taken, 10);
  taken = 0;
  while (!buckets.refusal("a", begin + 1h)) ++taken;
  EXPECT_EQ(taken, 20);
}

TEST(Buckets, OneNameNeverCostsAnother) {
  Buckets buckets({1, 1}, 100);
  ASSERT_FALSE(buckets.refusal("a", begin));
  ASSERT_TRUE(buckets.refusal("a", begin));
  EXPECT_FALSE(buckets.refusal("b", begin));
}

TEST(Buckets, WhoComesBackWhenToldIsTakenHoweverManyWereRefused) {
  Buckets buckets({10, 10}, 100);
  for (int i = 0; i < 10; ++i) ASSERT_FALSE(buckets.refusal("a", begin));
  std::vector<std::chrono::seconds> waits;
  for (int i = 0; i < 50; ++i) waits.push_back(buckets.refusal("a", begin).value());
  EXPECT_EQ(waits.front(), 1s);
  EXPECT_EQ(waits.back(), 5s);
  for (const auto wait : waits) EXPECT_FALSE(buckets.refusal("a", begin + wait));
}

TEST(Buckets, NobodyIsTurnedAwayForLong) {
  Buckets buckets({1, 1}, 100);
  ASSERT_FALSE(buckets.refusal("a", begin));
  for (int i = 0; i < 1000; ++i) EXPECT_LE(buckets.refusal("a", begin), Buckets::wait_max);
}

TEST(Buckets, ARateOfZeroRefusesNobody) {
  Buckets buckets({0, 1}, 100);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(buckets.refusal("a", begin));
}

TEST(Buckets, RememberSoManyAndForgetTheLongestUnseen) {
  Buckets buckets({1, 1}, 3);
  for (const auto* name : {"a", "b", "c", "a", "d"}) (void)buckets.refusal(name, begin);
  EXPECT_EQ(buckets.names(), 3u);
  EXPECT_TRUE(buckets.refusal("a", begin));   // seen after b
  EXPECT_FALSE(buckets.refusal("b", begin));  // forgotten
  EXPECT_EQ(buckets.names(), 3u);
}

}  // namespace
}  // namespace noroshi::api
