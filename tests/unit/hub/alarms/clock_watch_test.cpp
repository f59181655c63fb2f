#include "hub/alarms/clock_watch.hpp"

#include <gtest/gtest.h>

namespace noroshi::alarms {
namespace {

TEST(ClockWatch, ASlowDriftIsNoJump) {
  ClockWatch clock;
  for (std::int64_t second = 0; second < 100; ++second)
    clock.compare(second * 1'000 + second * 500, second * 1'000);
  EXPECT_FALSE(clock.trouble(100'000));
}

TEST(ClockWatch, AJumpEitherWayIsTroubleForAnHour) {
  for (const std::int64_t jump : {ClockWatch::jump_ms + 1, -ClockWatch::jump_ms - 1}) {
    ClockWatch clock;
    clock.compare(1'000'000, 0);
    clock.compare(1'000'500 + jump, 500);
    ASSERT_TRUE(clock.trouble(0));
    EXPECT_EQ(*clock.trouble(0), jump > 0 ? "jumped by +3.0 s" : "jumped by -3.0 s");
    clock.compare(1'000'500 + jump + ClockWatch::remembered_ms - 1,
                  500 + ClockWatch::remembered_ms - 1);
    EXPECT_TRUE(clock.trouble(0));
    clock.compare(1'000'500 + jump + ClockWatch::remembered_ms, 500 + ClockWatch::remembered_ms);
    EXPECT_FALSE(clock.trouble(0));
  }
}

TEST(ClockWatch, JustAsFarAsIsAllowedIsNone) {
  ClockWatch clock;
  clock.compare(0, 0);
  clock.compare(500 + ClockWatch::jump_ms, 500);
  EXPECT_FALSE(clock.trouble(0));
}

TEST(ClockWatch, NothingMayKeepItRightForAWhile) {
  ClockWatch clock;
  clock.synchronised(false, 1'000);
  clock.synchronised(false, 2'000);
  EXPECT_FALSE(clock.trouble(1'000 + ClockWatch::unsynchronised_ms - 1));
  EXPECT_TRUE(clock.trouble(1'000 + ClockWatch::unsynchronised_ms));
  EXPECT_TRUE(clock.doubtful());
  clock.synchronised(true, 3'000);
  EXPECT_FALSE(clock.trouble(1'000 + ClockWatch::unsynchronised_ms));
  EXPECT_FALSE(clock.doubtful());
}

}  // namespace
}  // namespace noroshi::alarms
