#include "proto/cap/instant.hpp"

#include <gtest/gtest.h>

namespace noroshi::cap {
namespace {

TEST(Instant, ReadsTheOneFormOfCap) {
  EXPECT_EQ(unix_milliseconds("1970-01-01T00:00:00+00:00"), 0);
  EXPECT_EQ(unix_milliseconds("1970-01-01T00:00:00-00:00"), 0);
  EXPECT_EQ(unix_milliseconds("1970-01-01T09:00:01+09:00"), 1000);
  EXPECT_EQ(unix_milliseconds("1969-12-31T23:59:59-00:00"), -1000);
  EXPECT_EQ(unix_milliseconds("2026-11-22T12:00:00+09:00"), 1'795'316'400'000);
  EXPECT_EQ(unix_milliseconds("2003-04-02T14:39:01-05:00"), 1'049'312'341'000);
  EXPECT_EQ(unix_milliseconds("2026-12-31T24:00:00+09:00"),
            unix_milliseconds("2027-01-01T00:00:00+09:00"));
  EXPECT_TRUE(unix_milliseconds("2024-02-29T00:00:00+00:00"));
  EXPECT_TRUE(unix_milliseconds("2026-01-01T00:00:00+14:00"));
  EXPECT_TRUE(unix_milliseconds("2026-01-01T00:00:00-14:00"));
}

TEST(Instant, TakesNoOtherForm) {
  for (const auto* text : {"",
                           "2026-11-22",
                           "2026-11-22T03:00:00Z",
                           "2026-11-22T03:00:00",
                           "2026-11-22T12:00+09:00",
                           "2026-11-22 12:00:00+09:00",
                           "2026-11-22t12:00:00+09:00",
                           "2026-11-22T12:00:00.5+09:00",
                           "2026-11-22T12:00:00+0900",
                           "2026-11-22T12:00:00,09:00",
                           "2026-02-29T12:00:00+09:00",
                           "2026-13-01T12:00:00+09:00",
                           "2026-00-01T12:00:00+09:00",
                           "2026-11-00T12:00:00+09:00",
                           "2026-11-22T24:00:01+09:00",
                           "2026-11-22T24:01:00+09:00",
                           "2026-11-22T25:00:00+09:00",
                           "2026-11-22T12:60:00+09:00",
                           "2026-11-22T12:00:60+09:00",
                           "2026-11-22T12:00:00+14:01",
                           "2026-11-22T12:00:00+09:60",
                           "0000-11-22T12:00:00+09:00",
                           " 2026-11-22T12:00:00+09:00",
                           "2026-11-22T12:00:00+09:00 ",
                           "12026-11-22T12:00:00+09:00"})
    EXPECT_FALSE(unix_milliseconds(text)) << text;
}

TEST(Instant, WritesWhatItReads) {
  EXPECT_EQ(cap_datetime(1'795'316'400'000), "2026-11-22T12:00:00+09:00");
  EXPECT_EQ(cap_datetime(1'795'316'400'999, 0), "2026-11-22T03:00:00+00:00");
  EXPECT_EQ(cap_datetime(-1, -330), "1969-12-31T18:29:59-05:30") << "cut downwards";
  for (const int offset : {-840, -210, 0, 540, 840})
    EXPECT_EQ(unix_milliseconds(cap_datetime(1'795'316'400'000, offset)), 1'795'316'400'000);
}

}  // namespace
}  // namespace noroshi::cap
