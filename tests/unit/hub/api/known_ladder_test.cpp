#include "hub/api/known_ladder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace noroshi::api {
namespace {

using journal::Sequence;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Alerts 10, 20 and 30, each revision referring to the one before it, and 40 of its own.
KnownLadders story() {
  KnownLadders ladders;
  for (const Sequence sequence : {10U, 20U, 30U, 40U}) ladders[sequence] = {};
  ladders[20].alert.mutable_summary()->add_referenced_sequences(10);
  ladders[30].alert.mutable_summary()->add_referenced_sequences(20);
  return ladders;
}

std::vector<Sequence> marked(const KnownLadders& ladders) {
  std::vector<Sequence> all;
  for (const auto& [sequence, known] : ladders)
    if (known.marked) all.push_back(sequence);
  return all;
}

TEST(KnownLadder, AnAcknowledgementMarksWhatItIsOf) {
  const struct {
    Sequence after, through;
    std::vector<Sequence> expected;
  } cases[] = {
      {10, 20, {20}}, {9, 10, {10}}, {20, 29, {}}, {0, 99, {10, 20, 30, 40}}, {40, 40, {}}};
  for (const auto& [after, through, expected] : cases) {
    auto ladders = story();
    mark(ladders, after, through);
    EXPECT_EQ(marked(ladders), expected) << after << " to " << through;
  }
}

TEST(KnownLadder, WhatIsSaidOfARevisionIsSaidOfTheWholeDocumentAndNoOther) {
  for (const Sequence told : {10U, 20U, 30U}) {
    auto ladders = story();
    mark(ladders, told - 1, told);
    mark_related(ladders);
    EXPECT_THAT(marked(ladders), ElementsAre(10, 20, 30)) << told;
  }
  auto ladders = story();
  mark_related(ladders);
  EXPECT_THAT(marked(ladders), IsEmpty());
}

TEST(KnownLadder, OnlyRowsThatAreOtherThanBeforeAreTold) {
  view::Ladder ladder;
  const std::vector<delivery::SubscriberState> tv_only{delivery::SubscriberState{"tv"}};
  ladder.rungs = {view::Rung{"radio", ""}, view::Rung{"tv", ""}};
  KnownLadder known;
  EXPECT_THAT(changed_rows(known, ladder, {}, {}), ElementsAre("radio", "tv"));
  EXPECT_THAT(changed_rows(known, ladder, {}, {}), IsEmpty());
  EXPECT_THAT(changed_rows(known, ladder, tv_only, {}), ElementsAre("tv")) << "it has connected";
  ladder.rungs[0].state = view::Rung::State::shown;
  EXPECT_THAT(changed_rows(known, ladder, tv_only, {}), ElementsAre("radio"));
}

TEST(KnownLadder, ADeadlineMarksWhenItComesAndOnce) {
  KnownLadders ladders = story();
  ladders[20].due_ms = 10'000;
  mark_due(ladders, 9'999);
  EXPECT_THAT(marked(ladders), IsEmpty());
  mark_due(ladders, 10'000);
  EXPECT_THAT(marked(ladders), ElementsAre(20));
  ladders[20].marked = false;
  mark_due(ladders, 20'000);
  EXPECT_THAT(marked(ladders), IsEmpty());
}

TEST(KnownLadder, ARowIsOtherWhenADeadlineIsOver) {
  view::Ladder ladder;
  ladder.rungs = {view::Rung{"radio", ""}, view::Rung{"tv", ""}};
  ladder.rungs[1].stored = view::Rung::Stored::delivered;
  KnownLadder known;
  LadderDeadlines deadlines{{{alarms::Step::delivered, 10}, 10'000, false}};
  EXPECT_EQ(next_due(deadlines), 10'000);
  changed_rows(known, ladder, {}, deadlines);
  deadlines[0].over = true;
  EXPECT_EQ(next_due(deadlines), std::nullopt);
  EXPECT_THAT(changed_rows(known, ladder, {}, deadlines), ElementsAre("radio"));
  EXPECT_NE(known.rows["radio"].find(R"("overdue":["delivered"])"), std::string::npos);
  EXPECT_NE(known.rows["tv"].find(R"("overdue":[])"), std::string::npos);
}

}  // namespace
}  // namespace noroshi::api
