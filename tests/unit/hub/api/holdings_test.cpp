#include "hub/api/holdings.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace noroshi::api {
namespace {

TEST(Holdings, GivesBackWithTheLastCopy) {
  Holdings holdings(100);
  auto place = holdings.take("a", 60);
  auto copy = place;
  place.reset();
  EXPECT_EQ(holdings.bytes(), 60u);
  copy.reset();
  EXPECT_EQ(holdings.bytes(), 0u);
}

TEST(Holdings, WhoHoldsSomethingStaysInTheFirstHalf) {
  Holdings holdings(100);
  std::vector<Holdings::Place> places;
  for (int turn = 0; turn < 5; ++turn) places.push_back(holdings.take("greedy", 10));
  EXPECT_TRUE(places.back());
  EXPECT_FALSE(holdings.take("greedy", 1));
  EXPECT_TRUE(holdings.take("other", 50));
  EXPECT_EQ(holdings.refused(), 1u);
}

TEST(Holdings, SomeHaveTheFirstHalfAlone) {
  Holdings holdings(100);
  const auto place = holdings.take("drill/a", 50, Holdings::Part::first_half);
  EXPECT_FALSE(holdings.take("drill/b", 1, Holdings::Part::first_half));
  EXPECT_TRUE(holdings.take("a", 50));
}

TEST(Holdings, TheBoundIsWhereItIsForThoseWithNothingToo) {
  Holdings holdings(100);
  const auto first = holdings.take("first", 40);
  const auto second = holdings.take("second", 60);
  EXPECT_TRUE(second);
  EXPECT_FALSE(holdings.take("third", 1));
  EXPECT_EQ(holdings.bytes(), 100u);
}

TEST(Holdings, OneAloneIsLetInHoweverLarge) {
  Holdings holdings(100);
  const auto place = holdings.take("a", 1000);
  EXPECT_TRUE(place);
  EXPECT_FALSE(holdings.take("b", 1));
}

TEST(Holdings, OneThatGaveEverythingBackHoldsNothing) {
  Holdings holdings(100);
  const auto other = holdings.take("other", 50);
  auto place = holdings.take("a", 10);
  EXPECT_FALSE(holdings.take("a", 10));
  place.reset();
  EXPECT_TRUE(holdings.take("a", 50));
}

TEST(Holdings, APlaceMayOutliveThem) {
  auto holdings = std::make_unique<Holdings>(100);
  auto place = holdings->take("a", 10);
  holdings.reset();
  place.reset();
}

TEST(Holdings, AreTakenAndGivenBackOnAnyThread) {
  Holdings holdings(1 << 20);
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number)
    threads.emplace_back([&holdings, name = std::to_string(number % 2)] {
      for (int turn = 0; turn < 1000; ++turn) (void)holdings.take(name, 100);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(holdings.bytes(), 0u);
}

}  // namespace
}  // namespace noroshi::api
