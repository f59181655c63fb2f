#include "hub/geometry/shape.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace noroshi::geometry {
namespace {

using testing::HasSubstr;

std::string feature(const std::string& geometry) {
  return R"({"type":"Feature","properties":{"name":"徳島市"},"geometry":)" + geometry + "}";
}

std::string square(const std::string& west = "134.0", const std::string& east = "134.5") {
  return R"({"type":"Polygon","coordinates":[[[)" + west + ",34.0],[" + east + ",34.0],[" + east +
         ",34.5],[" + west + ",34.5],[" + west + ",34.0]]]}";
}

double area_of(const Shape& shape) {
  double area = 0;
  GEOSArea_r(shape.context().handle(), shape.get(), &area);
  return area;
}

TEST(AreaFromGeoJson, IsReadFromEveryFormOfRfc7946) {
  for (const auto& text : {square(), feature(square()),
                           R"({"type":"FeatureCollection","features":[)" + feature(square()) + "," +
                               feature(square()) + "]}"}) {
    const auto area = area_from_geojson(text);
    ASSERT_TRUE(area) << area.error().detail;
    EXPECT_NEAR(area_of(*area), 0.25, 1e-12) << text;
  }
}

TEST(AreaFromGeoJson, IslandsAndHolesStay) {
  const auto islands = area_from_geojson(
      R"({"type":"MultiPolygon","coordinates":[[[[134,34],[134.4,34],[134.4,34.4],[134,34.4],[134,34]],
      [[134.1,34.1],[134.1,34.3],[134.3,34.3],[134.3,34.1],[134.1,34.1]]],
      [[[135,34],[135.1,34],[135.1,34.1],[135,34.1],[135,34]]]]})");
  ASSERT_TRUE(islands) << islands.error().detail;
  EXPECT_NEAR(area_of(*islands), 0.16 - 0.04 + 0.01, 1e-12);
}

TEST(AreaFromGeoJson, ARingThatCrossesItselfIsRepaired) {
  const auto bow = area_from_geojson(
      R"({"type":"Polygon","coordinates":[[[134,34],[134.2,34.2],[134.2,34],[134,34.2],[134,34]]]})");
  ASSERT_TRUE(bow) << bow.error().detail;
  EXPECT_NEAR(area_of(*bow), 0.02, 1e-12);
}

TEST(AreaFromGeoJson, WhatCannotBeUsedSaysWhy) {
  const struct {
    std::string text, why;
  } cases[] = {
      {"{", "parse"},
      {R"({"type":"Point","coordinates":[134,34]})", "neither Polygon nor MultiPolygon"},
      {R"({"type":"FeatureCollection","features":[)" + feature(square()) + "," +
           feature(R"({"type":"LineString","coordinates":[[134,34],[135,35]]})") + "]}",
       "part 2"},
      {R"({"type":"Polygon","coordinates":[[[134,34],[134.1,34.1],[134.2,34.2],[134,34]]]})", ""},
      {square("134.0", "534.0"), "534"},
      {R"({"type":"Polygon","coordinates":[]})", ""},
  };
  for (const auto& one : cases) {
    const auto area = area_from_geojson(one.text);
    ASSERT_FALSE(area) << one.text;
    EXPECT_EQ(area.error().code, ErrorCode::invalid);
    EXPECT_THAT(area.error().detail, HasSubstr(one.why)) << one.text;
    EXPECT_FALSE(area.error().detail.empty());
  }
}

TEST(AreaFromGeoJson, HasAtMostSoManyPoints) {
  std::string ring;
  for (std::size_t i = 0; i < points_max; ++i)
    ring += "[" + std::to_string(134 + 1e-5 * static_cast<double>(i)) + ",34],";
  const auto text = R"({"type":"Polygon","coordinates":[[)" + ring + "[134.1,35],[134.0,34]]]}";
  const auto area = area_from_geojson(text);
  ASSERT_FALSE(area);
  EXPECT_THAT(area.error().detail, HasSubstr("> 20000 points"));
}

TEST(AreaFromWkb, IsWhatWasWritten) {
  const auto area = area_from_geojson(square());
  const auto again = area_from_wkb(to_wkb(*area));
  ASSERT_TRUE(again);
  EXPECT_EQ(to_wkb(*again), to_wkb(*area));
  EXPECT_EQ(count_points(*again), 5u);
}

TEST(AreaFromWkb, CutOrForeignBytesAreInvalid) {
  const auto bytes = to_wkb(*area_from_geojson(square()));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(area_from_wkb(bytes.substr(0, size))) << size;
  EXPECT_FALSE(area_from_wkb("not well-known"));
}

TEST(Shape, OutlivesTheThreadThatMadeIt) {
  Result<Shape> made = failure(ErrorCode::invalid, "");
  std::thread([&] { made = area_from_geojson(square()); }).join();
  ASSERT_TRUE(made);
  EXPECT_NEAR(area_of(*made), 0.25, 1e-12);
}

}  // namespace
}  // namespace noroshi::geometry
