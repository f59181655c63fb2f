#include "hub/geometry/territory.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace noroshi::geometry {
namespace {

// 134.0 to 134.4 east, 34.0 to 34.4 north, with a lake that is not its own.
Territory town() {
  return Territory(*area_from_geojson(
      R"({"type":"Polygon","coordinates":[[[134,34],[134.4,34],[134.4,34.4],[134,34.4],[134,34]],
      [[134.1,34.1],[134.1,34.2],[134.2,34.2],[134.2,34.1],[134.1,34.1]]]})"));
}

Shape box(double south, double west, double north, double east) {
  return *polygon({{south, west}, {south, east}, {north, east}, {north, west}, {south, west}});
}

struct Box {
  std::string name;
  double south, west, north, east;
  bool inside;
};

const Box boxes[] = {
    {"WellInside", 34.25, 134.25, 34.35, 134.35, true},
    {"OnTheEdge", 34.0, 134.25, 34.05, 134.3, true},
    {"AsFarOverAsMapsDiffer", 33.9992, 134.25, 34.05, 134.3, true},
    {"FurtherOver", 33.9989, 134.25, 34.05, 134.3, false},
    {"HalfOutside", 34.3, 134.3, 34.5, 134.35, false},
    {"Elsewhere", 35.0, 135.0, 35.1, 135.1, false},
    {"InTheLake", 34.12, 134.12, 34.18, 134.18, false},
    {"AroundTheLake", 34.05, 134.05, 34.25, 134.25, false},
    {"AroundTheTown", 33.9, 133.9, 34.5, 134.5, false},
};

TEST(Territory, CoversWhatLiesInsideAndALittleOverItsEdge) {
  const auto territory = town();
  for (const auto& one : boxes)
    EXPECT_EQ(territory.covers(box(one.south, one.west, one.north, one.east)), one.inside)
        << one.name;
}

TEST(Territory, ACircleIsTakenWithAllOfItsReach) {
  const auto territory = town();
  // 0.1 degrees of latitude to the edge are 11.06 km, 11.17 with the tolerance.
  EXPECT_TRUE(territory.covers(*circle({{34.3, 134.3}, 0})));
  EXPECT_TRUE(territory.covers(*circle({{34.3, 134.3}, 8.9})));
  EXPECT_FALSE(territory.covers(*circle({{34.3, 134.3}, 9.3})))
      << "0.1 degrees of longitude are 9.2 km here, 9.29 with the tolerance";
  EXPECT_FALSE(territory.covers(*circle({{34.3, 134.3}, 20})));
  EXPECT_FALSE(territory.covers(*circle({{34.5, 134.3}, 0})));
}

TEST(Territory, ACircleNobodyCanDrawIsInvalid) {
  EXPECT_FALSE(circle({{89, 0}, 10}));
  EXPECT_FALSE(circle({{35, 135}, 20'000}));
}

TEST(Territory, APolygonThatIsNoneIsInvalid) {
  EXPECT_FALSE(polygon({}));
  EXPECT_FALSE(polygon({{34, 134}, {34.1, 134.1}}));
}

}  // namespace
}  // namespace noroshi::geometry
