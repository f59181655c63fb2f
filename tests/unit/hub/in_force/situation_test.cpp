#include "hub/in_force/situation.hpp"

#include <gtest/gtest.h>

#include "hub/geometry/shape.hpp"
#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

constexpr cap::Point in_kawauchi{34.05, 134.05};
constexpr cap::Point in_ojin{34.15, 134.05};
constexpr cap::Point elsewhere{40, 140};

std::string square_binary(double south, double west, double size) {
  return geometry::to_wkb(*geometry::polygon({{south, west},
                                              {south, west + size},
                                              {south + size, west + size},
                                              {south + size, west},
                                              {south, west}}));
}

class SituationTest : public testing::Test {
 protected:
  SituationTest() : ground_(registry::Registry(), 0), situation_(Folds("live"), ground_, begin_ms) {
    take(log_.registered("362018", {"362018"}));
    take(log_.registered("362026", {"362026"}));
    take(log_.registered("360007", {"36"}));
  }

  Sequence take(const journal::Stored& stored) {
    ground_.apply(stored.entry);
    situation_.apply(stored, log_.now_ms);
    return stored.sequence;
  }
  Answer at(const std::string& area) {
    Question question;
    question.area = area;
    return situation_.answer(question, log_.now_ms);
  }
  Answer at(cap::Point point) {
    Question question;
    question.point = point;
    return situation_.answer(question, log_.now_ms);
  }
  // "4:evac.l4@shape 362018:a,362018:b" for each line.
  static std::vector<std::string> told(const Answer& answer) {
    std::vector<std::string> told;
    for (const auto& order : answer.orders)
      for (const auto& line : order.lines) {
        std::string text = std::to_string(order.sequence) + ":" + line.event;
        if (line.state == OrderedLine::State::expired_unlifted) text += " ran out";
        if (order.match == OrderInForce::Match::shape) text += " by shape";
        for (const auto& district : line.districts) text += " " + district;
        for (const auto& district : line.except) text += " but " + district;
        told.push_back(text);
      }
    return told;
  }
  using Told = std::vector<std::string>;

  Log log_;
  Ground ground_;
  Situation situation_;
};

TEST_F(SituationTest, OfAnAreaWhatConcernsItHighestFirst) {
  take(log_.order("362018", {{"evac.l3", "362018:a", ""}}));
  take(log_.order("362018", {{"evac.l4", "362018:b", ""}}));
  take(log_.order("362026", {{"evac.l4", "362026:c", ""}}));
  EXPECT_EQ(told(at("362018")), (Told{"5:evac.l4 362018:b", "4:evac.l3 362018:a"}));
  EXPECT_EQ(told(at("36")).size(), 3u);
  EXPECT_TRUE(told(at("13")).empty());
}

TEST_F(SituationTest, OfASharedOrderTheDistrictsOfTheAreaAlone) {
  take(log_.order("360007", {{"evac.l4", "362018:a", ""}, {"evac.l4", "362026:b", ""}}));
  EXPECT_EQ(told(at("362026")), (Told{"4:evac.l4 362026:b"}));
}

TEST_F(SituationTest, WhatRanOutUnliftedSaysSo) {
  take(log_.order("362018", {{"evac.l4", "362018:a", ""}}));
  log_.now_ms += 49 * hour_ms;
  EXPECT_EQ(told(at("362018")), (Told{"4:evac.l4 ran out 362018:a"}));
}

TEST_F(SituationTest, EveryPublisherOfThePlaceIsThereAndTellsWhetherItSpoke) {
  take(log_.order("362018", {{"evac.none", "362018:*", ""}}));
  const auto answer = at("362018");
  EXPECT_TRUE(answer.orders.empty());
  ASSERT_EQ(answer.publishers.size(), 2u) << "the city and its prefecture";
  EXPECT_EQ(answer.publishers[0].publisher, "360007");
  EXPECT_FALSE(answer.publishers[0].last_word) << "not entered";
  EXPECT_EQ(answer.publishers[1].name, "発信者 362018");
  ASSERT_TRUE(answer.publishers[1].last_word);
  EXPECT_EQ(answer.publishers[1].last_word->null_report_ms, begin_ms) << "none";
}

TEST_F(SituationTest, APositionIsInTheDistrictsWhoseShapeHoldsIt) {
  take(log_.order("362018", {{"evac.l4", "362018:kawauchi", square(34, 134, 0.1)},
                             {"evac.l3", "362018:ojin", square(34.1, 134, 0.1)}}));
  EXPECT_EQ(told(at(in_kawauchi)), (Told{"4:evac.l4 by shape 362018:kawauchi"}));
  EXPECT_EQ(told(at(in_ojin)), (Told{"4:evac.l3 by shape 362018:ojin"}));
  EXPECT_TRUE(at(elsewhere).orders.empty());
  EXPECT_EQ(at(elsewhere).unplaced, 0u);
  EXPECT_EQ(at(in_ojin).orders[0].headline, "徳島市 避難指示");
  EXPECT_EQ(at(in_ojin).publishers.size(), 2u);
}

TEST_F(SituationTest, ALiftedDistrictIsNoPartOfTheWholeCity) {
  take(log_.order("362018", {{"evac.l4", "362018:*", square(34, 134, 0.2)},
                             {"evac.l4", "362018:ojin", square(34.1, 134, 0.1), true}}));
  EXPECT_EQ(told(at("362018")), (Told{"4:evac.l4 362018:* but 362018:ojin"}));
  EXPECT_EQ(told(at(in_kawauchi)), (Told{"4:evac.l4 by shape 362018:* but 362018:ojin"}));
  EXPECT_TRUE(told(at(in_ojin)).empty());
}

TEST_F(SituationTest, WithoutAShapeTheCodeTellsWhereItIsKnown) {
  take(log_.order("362018", {{"evac.l4", "362018:a", ""}}));
  EXPECT_TRUE(at(in_kawauchi).orders.empty());
  EXPECT_EQ(at(in_kawauchi).unplaced, 1u) << "never left out in silence";
  take(log_.registered("362018", {"362018"}, square_binary(34, 134, 0.5)));
  EXPECT_EQ(told(at(in_kawauchi)), (Told{"4:evac.l4 362018:a"}));
  EXPECT_EQ(at(in_kawauchi).unplaced, 0u);
  EXPECT_EQ(at(in_kawauchi).publishers.size(), 1u) << "whose territory it is";
  EXPECT_TRUE(told(at(elsewhere)).empty());
  EXPECT_EQ(at(elsewhere).unplaced, 1u);
}

TEST_F(SituationTest, AShapeOfTheSameMunicipalityTellsTheCodeToo) {
  take(log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}}));
  take(log_.order("360007", {{"evac.l3", "362018:*", ""}}));
  EXPECT_EQ(told(at(in_kawauchi)), (Told{"4:evac.l4 by shape 362018:a", "5:evac.l3 362018:*"}));
}

TEST_F(SituationTest, WhatIsReplacedLeavesItsPlace) {
  const auto order = take(log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}}));
  take(log_.order("362018", {{"evac.l4", "362018:a", "", true}}, {order}));
  EXPECT_TRUE(at(in_kawauchi).orders.empty());
  EXPECT_EQ(at(in_kawauchi).unplaced, 0u);
}

TEST_F(SituationTest, AStartKnowsWhatToReadAndThenAnswersTheSame) {
  Folds folds("live");
  const auto order = log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}});
  folds.apply(order.entry);
  Ground ground(registry::Registry(), order.sequence);
  Situation started(std::move(folds), ground, begin_ms);
  EXPECT_EQ(started.unread(), std::vector{order.sequence});
  started.place(order);
  EXPECT_TRUE(started.unread().empty());
  Question question;
  question.point = in_kawauchi;
  EXPECT_EQ(told(started.answer(question, begin_ms)), (Told{"4:evac.l4 by shape 362018:a"}));
}

}  // namespace
}  // namespace noroshi::in_force
