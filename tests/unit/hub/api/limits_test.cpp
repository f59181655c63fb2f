#include "hub/api/limits.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace noroshi::api {
namespace {

TEST(Limits, EachKindHasItsOwnRateAndIsCounted) {
  config::Config config;
  config.alerts = {1, 2};
  config.reads = {1, 1};
  Limits limits(config, 20'000);
  using Kind = Limits::Kind;
  EXPECT_FALSE(limits.refusal(Kind::read, "publisher:1"));
  EXPECT_TRUE(limits.refusal(Kind::read, "publisher:1"));
  EXPECT_FALSE(limits.refusal(Kind::alert, "publisher:1"));
  EXPECT_FALSE(limits.refusal(Kind::alert, "publisher:1"));
  EXPECT_TRUE(limits.refusal(Kind::alert, "publisher:1"));
  EXPECT_EQ(limits.refused(Kind::read), 1u);
  EXPECT_EQ(limits.refused(Kind::alert), 1u);
  EXPECT_EQ(limits.refused(Kind::stream), 0u);
}

TEST(Limits, SoManyReadsAreInHandlingAndPlacesComeBack) {
  config::Config config;
  config.reads_at_once_max = 2;
  Limits limits(config, 20'000);
  auto first = limits.read_place();
  auto second = limits.read_place();
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(limits.read_place());
  auto copy = first;
  first.reset();
  EXPECT_FALSE(limits.read_place());
  copy.reset();
  EXPECT_TRUE(limits.read_place());
  EXPECT_EQ(limits.reads(), 1u);
  EXPECT_EQ(limits.reads_refused(), 2u);
}

TEST(Limits, StreamsLeaveTheLastDescriptors) {
  Limits limits({}, 1000);
  EXPECT_TRUE(limits.room_for_stream(743));
  EXPECT_FALSE(limits.room_for_stream(744));
  EXPECT_EQ(limits.streams_refused(), 1u);
}

}  // namespace
}  // namespace noroshi::api
