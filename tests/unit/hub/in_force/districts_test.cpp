#include "hub/in_force/districts.hpp"

#include <gtest/gtest.h>

#include "hub/geometry/shape.hpp"
#include "hub/in_force/situations.hpp"
#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

constexpr cap::Point in_kawauchi{34.05, 134.05};
constexpr cap::Point in_ojin{34.15, 134.05};

std::string binary(double south) {
  return geometry::to_wkb(
      *geometry::polygon({{south, 134}, {south, 134.1}, {south + 0.1, 134.1}, {south + 0.1, 134}}));
}

// What a position is told, as the hub folds the log.
class DistrictsTest : public testing::Test {
 protected:
  DistrictsTest() { take(log_.registered("362018", {"362018"})); }

  void take(const journal::Stored& stored) { situations_.apply(stored, log_.now_ms); }
  void order(const std::string& district, const std::string& shape = "") {
    take(log_.order("362018", {{"evac.l4", district, shape}}));
  }
  Answer at(cap::Point point) {
    Question question;
    question.point = point;
    question.shapes = Question::Shapes::wanted;
    auto answer = situations_.answer("", question, log_.now_ms);
    EXPECT_TRUE(answer);
    return answer ? *answer : Answer{};
  }
  // How many orders hold there by their shape.
  std::size_t by_shape(cap::Point point) {
    const auto answer = at(point);
    std::size_t count = 0;
    for (const auto& one : answer.orders) count += one.match == OrderInForce::Match::shape ? 1 : 0;
    return count;
  }

  Log log_;
  Situations situations_{FoldsByChannel{}, registry::Registry(), 0, begin_ms};
};

TEST_F(DistrictsTest, AnOrderWithoutAShapeHasThatOfItsDistrict) {
  take(log_.districts({{"kawauchi", binary(34)}, {"ojin", binary(34.1)}}));
  order("362018:kawauchi");
  EXPECT_EQ(by_shape(in_kawauchi), 1u);
  EXPECT_EQ(by_shape(in_ojin), 0u);
  EXPECT_EQ(at(in_ojin).unplaced, 0u) << "it is known not to hold there";
  ASSERT_TRUE(at(in_kawauchi).orders[0].areas);
  EXPECT_EQ(at(in_kawauchi).orders[0].areas->areas[0].registered,
            std::vector<std::string>{binary(34)});
}

TEST_F(DistrictsTest, WhatIsDrawnCountsAndNotWhatIsRegistered) {
  take(log_.districts({{"kawauchi", binary(34)}}));
  order("362018:kawauchi", square(34.1, 134, 0.1));
  EXPECT_EQ(by_shape(in_kawauchi), 0u) << "never widened";
  EXPECT_EQ(by_shape(in_ojin), 1u);
}

TEST_F(DistrictsTest, AGroupHasTheShapesOfAllItsDistrictsOrNone) {
  take(log_.districts({{"kawauchi", binary(34), {"basin"}}, {"ojin", binary(34.1), {"basin"}}}));
  order("362018:basin");
  EXPECT_EQ(by_shape(in_kawauchi), 1u);
  EXPECT_EQ(by_shape(in_ojin), 1u);
  take(log_.districts({{"kawauchi", binary(34), {"basin"}}, {"ojin", "", {"basin"}}}));
  EXPECT_EQ(by_shape(in_kawauchi), 0u);
  EXPECT_EQ(at(in_kawauchi).unplaced, 1u) << "where the rest of it lies is not known";
}

TEST_F(DistrictsTest, TheWholeCityIsNotDrawnByItsDistricts) {
  take(log_.districts({{"kawauchi", binary(34)}}));
  order("362018:*");
  EXPECT_EQ(by_shape(in_kawauchi), 0u);
  EXPECT_EQ(at(in_kawauchi).unplaced, 1u);
}

TEST_F(DistrictsTest, WhatStandsIsDrawnAnewWhenOthersAreRegistered) {
  order("362018:kawauchi");
  EXPECT_EQ(at(in_kawauchi).unplaced, 1u);
  take(log_.districts({{"kawauchi", binary(34)}}));
  EXPECT_EQ(by_shape(in_kawauchi), 1u);
  EXPECT_EQ(at(in_kawauchi).unplaced, 0u);
  take(log_.districts({{"kawauchi", binary(34.1)}}));
  EXPECT_EQ(by_shape(in_kawauchi), 0u);
  EXPECT_EQ(by_shape(in_ojin), 1u);
  take(log_.districts({}));
  EXPECT_EQ(at(in_ojin).unplaced, 1u);
}

}  // namespace
}  // namespace noroshi::in_force
