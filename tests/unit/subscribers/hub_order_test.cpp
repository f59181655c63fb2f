// Which hub is called next, and when.
#include "subscribers/client/hub_order.hpp"

#include <gtest/gtest.h>

namespace noroshi::subscribers {
namespace {

using namespace std::chrono_literals;

class HubOrderTest : public ::testing::Test {
 protected:
  static HubOrder order(std::size_t hubs) {
    return HubOrder({.hubs = hubs,
                     .backoff_first = 100ms,
                     .backoff_most = 1000ms,
                     .return_first = 60s,
                     .seed = 7});
  }
  HubOrder::Clock::time_point now{std::chrono::hours{1}};
};

TEST_F(HubOrderTest, WithOneHubItIsPlainBackoff) {
  auto hubs = order(1);
  auto most = 100ms;
  for (int i = 0; i < 8; ++i) {
    const auto wait = hubs.failed(std::nullopt, now);
    EXPECT_LE(wait, most);
    EXPECT_GE(wait, most / 2);
    most = std::min(most * 2, 1000ms);
  }
  EXPECT_EQ(hubs.failed(700ms, now), 700ms) << "as long as it asks for";
  EXPECT_EQ(hubs.failed(100h, now), HubOrder::aside);
  hubs.works();
  EXPECT_LE(hubs.failed(std::nullopt, now), 100ms);
  EXPECT_FALSE(hubs.refused(now));
}

TEST_F(HubOrderTest, GoesThroughAllSoonAndThenWaitsLonger) {
  auto hubs = order(3);
  auto most = 100ms;
  for (int round = 0; round < 4; ++round) {
    EXPECT_EQ(hubs.current(), 0u);
    EXPECT_LE(hubs.failed(std::nullopt, now), 100ms);
    EXPECT_EQ(hubs.current(), 1u);
    EXPECT_LE(hubs.failed(std::nullopt, now), 100ms);
    EXPECT_EQ(hubs.current(), 2u);
    const auto wait = hubs.failed(std::nullopt, now);
    EXPECT_GE(wait, most / 2) << round;
    most *= 2;
  }
}

TEST_F(HubOrderTest, WhenOneThatWorkedIsLostTheBestOtherIsNext) {
  auto hubs = order(3);
  hubs.failed(std::nullopt, now);
  ASSERT_EQ(hubs.current(), 1u);
  hubs.works();
  hubs.failed(std::nullopt, now);
  EXPECT_EQ(hubs.current(), 0u);
  hubs.failed(std::nullopt, now);
  EXPECT_EQ(hubs.current(), 2u) << "1 has just failed";
}

TEST_F(HubOrderTest, LeavesAloneWhoAsksForIt) {
  auto hubs = order(2);
  hubs.failed(10s, now);
  EXPECT_EQ(hubs.current(), 1u);
  hubs.failed(std::nullopt, now);
  EXPECT_EQ(hubs.current(), 1u) << "0 wants to be left alone";
  hubs.failed(4s, now);
  EXPECT_EQ(hubs.current(), 1u);
  EXPECT_EQ(hubs.failed(20s, now), 10s) << "until the first is free again";
  EXPECT_EQ(hubs.current(), 0u);
}

TEST_F(HubOrderTest, SetsAsideWhoRefusesAndEndsWhenAllDo) {
  auto hubs = order(2);
  EXPECT_TRUE(hubs.refused(now));
  EXPECT_EQ(hubs.current(), 1u);
  hubs.failed(std::nullopt, now);
  EXPECT_EQ(hubs.current(), 1u) << "0 is set aside";
  EXPECT_EQ(hubs.better(now), 1u);
  EXPECT_EQ(hubs.better(now + HubOrder::aside), 0u) << "not for ever";
  EXPECT_FALSE(hubs.refused(now));
}

TEST_F(HubOrderTest, LooksLessOftenAtABetterOneThatFailsAgain) {
  auto hubs = order(2);
  EXPECT_FALSE(hubs.look_after()) << "on the best";
  hubs.failed(std::nullopt, now);
  auto wait = 60s;
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(hubs.look_after(), wait);
    hubs.go_to(hubs.better(now), now);
    EXPECT_EQ(hubs.current(), 0u);
    hubs.works();
    hubs.failed(std::nullopt, now + 1s);
    EXPECT_EQ(hubs.current(), 1u);
    hubs.works();
    wait *= 2;
  }
  hubs.go_to(0, now);
  hubs.works();
  hubs.failed(std::nullopt, now + 2h);
  EXPECT_EQ(hubs.look_after(), 60s) << "it held";
}

}  // namespace
}  // namespace noroshi::subscribers
