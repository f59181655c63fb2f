#include "hub/geometry/region.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "hub/geometry/effort.hpp"

namespace noroshi::geometry {
namespace {

constexpr std::size_t plenty = 32'000'000;

// 134.0 to 134.4 east, 34.0 to 34.4 north, with a lake that is not its own.
Region town() {
  return Region(*area_from_geojson(
      R"({"type":"Polygon","coordinates":[[[134,34],[134.4,34],[134.4,34.4],[134,34.4],[134,34]],
      [[134.1,34.1],[134.1,34.2],[134.2,34.2],[134.2,34.1],[134.1,34.1]]]})"));
}

Shape box(double south, double west, double north, double east) {
  return *polygon({{south, west}, {south, east}, {north, east}, {north, west}, {south, west}});
}

bool touches(const Region& region, const Shape& shape, std::size_t comparisons = plenty) {
  return region.touches(drawing_of(shape), comparisons);
}

struct Case {
  std::string name;
  double south, west, north, east;
  bool touching;
};

const Case cases[] = {
    {"Inside", 34.25, 134.25, 34.35, 134.35, true},
    {"AcrossTheBorder", 34.3, 134.3, 34.5, 134.35, true},
    {"AlongTheBorder", 34.4, 134.1, 34.5, 134.2, true},
    {"AtTheCorner", 34.4, 134.4, 34.5, 134.5, true},
    {"ALittleBeyond", 34.400001, 134.1, 34.5, 134.2, false},
    {"Elsewhere", 35.0, 135.0, 35.1, 135.1, false},
    {"InTheLake", 34.12, 134.12, 34.18, 134.18, false},
    {"FromShoreToShoreOfTheLake", 34.1, 134.1, 34.2, 134.2, true},
    {"AroundTheTown", 33.9, 133.9, 34.5, 134.5, true},
};

TEST(Region, IsTouchedByWhatSharesAPointWithIt) {
  const auto region = town();
  for (const auto& one : cases)
    EXPECT_EQ(touches(region, box(one.south, one.west, one.north, one.east)), one.touching)
        << one.name;
}

TEST(Region, ACircleTouchesWithAllOfItsReach) {
  const auto region = town();
  EXPECT_TRUE(touches(region, *circle({{34.3, 134.3}, 0}))) << "a point";
  EXPECT_FALSE(touches(region, *circle({{34.15, 134.15}, 0}))) << "in the lake";
  EXPECT_FALSE(touches(region, *circle({{34.5, 134.2}, 10.9}))) << "11.06 km to the border";
  EXPECT_TRUE(touches(region, *circle({{34.5, 134.2}, 11.1})));
}

TEST(Region, WhatReachesOverThe180thMeridianMayTouchAnything) {
  const auto region = town();
  EXPECT_TRUE(touches(region, box(-18, -179, -16, 179))) << "the ring runs the wrong way around";
  EXPECT_TRUE(touches(region, *circle({{-17, 179.9}, 50})));
  EXPECT_FALSE(touches(region, *circle({{-17, 179}, 50})));
}

TEST(Region, OnBothSidesOfThe180thMeridianIsTouchedOnBoth) {
  const Region fiji(*area_from_geojson(
      R"({"type":"MultiPolygon","coordinates":[[[[177,-19],[180,-19],[180,-16],[177,-16],[177,-19]]],
      [[[-180,-19],[-178,-19],[-178,-16],[-180,-16],[-180,-19]]]]})"));
  EXPECT_TRUE(touches(fiji, box(-18, 178, -17, 179)));
  EXPECT_TRUE(touches(fiji, box(-18, -179.5, -17, -179)));
  EXPECT_FALSE(touches(fiji, box(-18, 134, -17, 135)));
}

TEST(Region, ARingThatCrossesItselfTouchesWithItsBox) {
  // Wound around the same square twice: an even-odd rule calls its inside outside.
  const auto twice = *polygon({{33, 133},
                               {33, 135},
                               {35, 135},
                               {35, 133},
                               {33, 133},
                               {33, 135},
                               {35, 135},
                               {35, 133},
                               {33, 133}});
  EXPECT_TRUE(touches(town(), twice));
}

TEST(Region, BeyondTheBoundEverythingNearTouches) {
  const auto region = town();
  const auto in_the_lake = box(34.12, 134.12, 34.18, 134.18);
  EXPECT_TRUE(touches(region, in_the_lake, 0));
  EXPECT_TRUE(touches(region, in_the_lake, 3));
  EXPECT_FALSE(touches(region, box(35, 135, 35.1, 135.1), 0)) << "that costs nothing";
  std::size_t left = 3;
  EXPECT_TRUE(region.touches(drawing_of(in_the_lake), left));
  EXPECT_EQ(left, 0u);
}

TEST(Region, WhatIsCountedGrowsWithWhatLiesSideBySide) {
  std::vector<cap::Point> comb;
  for (int i = 0; i < 500; ++i) {
    comb.push_back({34.0, 134 + i * 0.0008});
    comb.push_back({34.4, 134 + i * 0.0008 + 0.0004});
  }
  comb.push_back({33.9, 134.4});
  comb.push_back({33.9, 134.0});
  const Region region(*polygon(comb));
  std::size_t small = plenty;
  (void)region.touches(drawing_of(box(34.2, 134.1, 34.2001, 134.1001)), small);
  EXPECT_LT(plenty - small, 100u);
  const auto against_itself = *polygon(comb);
  std::size_t large = plenty;
  (void)region.touches(drawing_of(against_itself), large);
  EXPECT_GT(plenty - large, 1'000u);
}

// A polygon around a centre, with a random radius for each corner: never crosses itself.
std::vector<cap::Point> star(std::mt19937& random, double latitude, double longitude) {
  std::uniform_real_distribution<double> radius(0.02, 0.2);
  std::vector<cap::Point> ring;
  for (int i = 0; i < 12; ++i) {
    const auto angle = 2 * std::numbers::pi * i / 12;
    const auto far = radius(random);
    ring.push_back({latitude + far * std::sin(angle), longitude + far * std::cos(angle)});
  }
  return ring;
}

TEST(Region, IsTouchedExactlyWhereGeosSaysThatTheyIntersect) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> offset(-0.4, 0.4);
  int touching = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto here = *polygon(star(random, 34, 134));
    const auto there = *polygon(star(random, 34 + offset(random), 134 + offset(random)));
    const bool expected = GEOSIntersects_r(here.context().handle(), here.get(), there.get()) == 1;
    touching += expected ? 1 : 0;
    const Region region(*area_from_wkb(to_wkb(here)));
    ASSERT_EQ(touches(region, there), expected) << i;
  }
  EXPECT_GT(touching, 200);
  EXPECT_LT(touching, 1800);
}

}  // namespace
}  // namespace noroshi::geometry
