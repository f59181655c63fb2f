#include "hub/geometry/effort.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace noroshi::geometry {
namespace {

// `points` on a circle, visited `stride` at a time: 1 is a coast, 2 or more a star that crosses
// itself at every point stride - 1 times.
std::vector<cap::Point> star(std::size_t points, std::size_t stride) {
  std::vector<cap::Point> ring;
  for (std::size_t i = 0; i < points; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i * stride % points) /
                         static_cast<double>(points);
    ring.push_back({34 + std::sin(angle), 134 + std::cos(angle)});
  }
  return ring;
}

// Teeth side by side, all of one height: every edge overlaps every other in latitude, none crosses.
std::vector<cap::Point> comb(std::size_t teeth) {
  std::vector<cap::Point> ring;
  for (std::size_t i = 0; i < teeth; ++i) {
    const double longitude = 134 + static_cast<double>(i) / static_cast<double>(teeth);
    ring.push_back({34.1, longitude});
    ring.push_back({35, longitude + 0.5 / static_cast<double>(teeth)});
  }
  ring.push_back({34.1, 135});
  ring.push_back({34, 135});
  ring.push_back({34, 134});
  return ring;
}

// A ring that goes up and down between two sides which cross it each time.
std::vector<cap::Point> scribble(std::size_t strokes) {
  std::vector<cap::Point> ring;
  for (std::size_t i = 0; i < strokes; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(strokes);
    ring.push_back({34 + part, 134});
    ring.push_back({34 + part, 135});
  }
  for (std::size_t i = 0; i < strokes; ++i) {
    const double part = (static_cast<double>(i) + 0.5) / static_cast<double>(strokes);
    ring.push_back({33.9, 135 - part});
    ring.push_back({35.1, 135 - part});
  }
  return ring;
}

TEST(Effort, ALongCoastCostsLittle) {
  Effort effort;
  EXPECT_TRUE(affordable(*polygon(star(20'000, 1)), effort));
  EXPECT_EQ(effort.points, 50'000u - 20'001u);
  EXPECT_GT(effort.comparisons, 7'900'000u);
  EXPECT_EQ(effort.crossings, 1'000u);
}

TEST(Effort, CountsEachCrossingOnce) {
  Effort effort;
  EXPECT_TRUE(affordable(*polygon(star(5, 2)), effort));
  EXPECT_EQ(effort.crossings, 995u);
  EXPECT_TRUE(affordable(*polygon(star(995, 2)), effort));
  EXPECT_EQ(effort.crossings, 0u);
  EXPECT_FALSE(affordable(*polygon(star(5, 2)), effort)) << "one effort for all shapes";
  EXPECT_TRUE(affordable(*polygon(star(5, 1)), effort));
}

TEST(Effort, EndsAtItsComparisonsHoweverLargeTheShape) {
  Effort some;
  EXPECT_TRUE(affordable(*polygon(comb(1'000)), some));
  EXPECT_GE(8'000'000u - some.comparisons, 1'900'000u) << "points times points";
  Effort all;
  EXPECT_FALSE(affordable(*polygon(comb(20'000)), all));
  EXPECT_EQ(all.comparisons, 0u) << "and no step more";
}

TEST(Effort, EndsAtItsCrossings) {
  Effort effort;
  EXPECT_FALSE(affordable(*polygon(scribble(1'000)), effort)) << "a million crossings";
  EXPECT_EQ(effort.crossings, 0u);
}

TEST(Effort, EndsAtItsPoints) {
  Effort effort;
  EXPECT_FALSE(affordable(*polygon(star(50'000, 1)), effort)) << "and one that closes it";
  EXPECT_EQ(effort.points, 50'000u);
  EXPECT_EQ(effort.comparisons, 8'000'000u) << "nothing is compared";
}

TEST(Effort, WhatCostsTooMuchIsNoArea) {
  Effort effort;
  EXPECT_FALSE(area(scribble(100), effort)) << "ten thousand crossings";
  Effort fresh;
  EXPECT_TRUE(area(scribble(10), fresh)) << "a hundred are repaired";
  EXPECT_FALSE(area_from_wkb(to_wkb(*polygon(comb(5'000)))));
  EXPECT_TRUE(area_from_wkb(to_wkb(*polygon(comb(1'000)))));
}

}  // namespace
}  // namespace noroshi::geometry
