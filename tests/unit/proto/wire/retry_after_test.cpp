#include "proto/wire/retry_after.hpp"

#include <gtest/gtest.h>

namespace noroshi::wire {
namespace {

using std::chrono::seconds;

TEST(RetryAfter, IsWholeSeconds) {
  EXPECT_EQ(retry_after({{"retry-after", "0"}}), seconds{0});
  EXPECT_EQ(retry_after({{"Date", "x"}, {"Retry-After", "120"}}), seconds{120});
  EXPECT_EQ(retry_after({{"Retry-After", "4294967295"}}), seconds{4294967295});
}

TEST(RetryAfter, IsNothingWhenItCannotBeCounted) {
  EXPECT_FALSE(retry_after({}));
  for (const char* value : {"", "-1", "1.5", "2 s", "4294967296", "Sun, 22 Nov 2026 03:00:00 GMT"})
    EXPECT_FALSE(retry_after({{"Retry-After", value}})) << value;
}

}  // namespace
}  // namespace noroshi::wire
