#include "hub/in_force/places.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace noroshi::in_force {
namespace {

std::vector<cap::Point> square(double south, double west, double size) {
  return {{south, west},
          {south, west + size},
          {south + size, west + size},
          {south + size, west},
          {south, west}};
}

Areas areas_of(std::vector<std::vector<cap::Point>> polygons,
               std::vector<cap::Circle> circles = {}) {
  AreaOfAlert area;
  area.polygons = std::move(polygons);
  area.circles = std::move(circles);
  Areas areas;
  areas.areas.push_back(std::move(area));
  return areas;
}

TEST(Places, APositionLiesInAShapeOrOnItsBorder) {
  Places places;
  ASSERT_TRUE(places.add(7, areas_of({square(34, 134, 1)})));
  const std::vector<Places::Hit> seven{{7, 0}};
  EXPECT_EQ(places.at({34.5, 134.5}), seven);
  EXPECT_EQ(places.at({34, 134.5}), seven);
  EXPECT_EQ(places.at({34, 134}), seven);
  EXPECT_TRUE(places.at({33.999, 134.5}).empty());
  EXPECT_TRUE(places.at({134.5, 34.5}).empty()) << "latitude comes first";
}

TEST(Places, ARingThatCrossesItselfStillHoldsWhatItEncloses) {
  Places places;
  const std::vector<cap::Point> bow_tie{{34, 134}, {35, 135}, {35, 134}, {34, 135}, {34, 134}};
  ASSERT_TRUE(places.add(7, areas_of({bow_tie})));
  EXPECT_EQ(places.at({34.2, 134.5}).size(), 1u);
  EXPECT_EQ(places.at({34.8, 134.5}).size(), 1u);
  EXPECT_TRUE(places.at({34.5, 134.1}).empty());
}

TEST(Places, ARingWithoutAnAreaIsSaidToBeMissing) {
  Places places;
  EXPECT_FALSE(places.add(7, areas_of({{{34, 134}, {34, 134}, {34, 134}, {34, 134}}})));
}

TEST(Places, ACircleIsRoundOnTheGround) {
  Places places;
  ASSERT_TRUE(places.add(7, areas_of({}, {{{34, 134}, 10}})));
  EXPECT_EQ(places.at({34.0899, 134}).size(), 1u) << "9.996 km north";
  EXPECT_TRUE(places.at({34.0901, 134}).empty());
  EXPECT_EQ(places.at({34, 134.108}).size(), 1u) << "9.96 km east";
  EXPECT_TRUE(places.at({34, 134.109}).empty());
  EXPECT_TRUE(places.at({34.07, 134.09}).empty()) << "in the corner of the rectangle around it";
}

// Against looking at every square in turn, while they come and go.
TEST(Places, KnowWhatIsThereWhateverCameAndWent) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> degrees(0, 10);
  struct Square {
    double south, west;
  };
  std::map<journal::Sequence, Square> there;
  Places places;
  for (journal::Sequence i = 1; i <= 3000; ++i) {
    const Square next{degrees(random), degrees(random)};
    ASSERT_TRUE(places.add(i, areas_of({square(next.south, next.west, 0.7)})));
    there[i] = next;
    if (random() % 2 == 0) {
      const auto gone = 1 + random() % i;
      places.remove(gone);
      there.erase(gone);
    }
    if (i % 20 != 0) continue;
    const cap::Point position{degrees(random), degrees(random)};
    std::vector<Places::Hit> expected;
    for (const auto& [sequence, at] : there)
      if (position.latitude >= at.south && position.latitude <= at.south + 0.7 &&
          position.longitude >= at.west && position.longitude <= at.west + 0.7)
        expected.push_back({sequence, 0});
    ASSERT_EQ(places.at(position), expected);
  }
  EXPECT_EQ(places.shapes(), there.size());
}

}  // namespace
}  // namespace noroshi::in_force
