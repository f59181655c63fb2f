#include "subscribers/client/backoff.hpp"

#include <gtest/gtest.h>

namespace noroshi::subscribers {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, DoublesUpToItsMostAndStaysBetweenHalfAndWhole) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Backoff backoff(500ms, 30s, seed);
    for (const auto step : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}) {
      const auto wait = backoff.next();
      EXPECT_GE(wait, step / 2) << "seed " << seed;
      EXPECT_LE(wait, step) << "seed " << seed;
    }
    backoff.reset();
    EXPECT_LE(backoff.next(), 500ms);
  }
}

TEST(Backoff, SpreadsReceiversThatLostTheHubTogether) {
  Backoff one(10s, 30s, 1);
  Backoff another(10s, 30s, 2);
  EXPECT_NE(one.next(), another.next());
}

}  // namespace
}  // namespace noroshi::subscribers
