// What is in force in a drill is of that drill alone, and ends with it.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "hub/in_force/situations.hpp"
#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

constexpr const char* channels[] = {"", "east", "west"};
constexpr cap::Point inside{34.05, 134.05};

class InDrills : public testing::Test {
 protected:
  InDrills() {
    take(log_.registered("362018", {"362018"}));
    for (const auto* drill : {"east", "west"}) take(log_.opened(drill, begin_ms + hour_ms));
  }

  Sequence take(const journal::Stored& stored) {
    entries_.push_back(std::make_shared<const journal::Stored>(stored));
    situations_.apply(stored, log_.now_ms);
    return stored.sequence;
  }
  Sequence order(const std::string& drill, const std::vector<Sequence>& replaces = {},
                 const char* event = "evac.l4") {
    log_.drill = drill;
    return take(log_.order("362018", {{event, "362018:a", square(34, 134, 0.1)}}, replaces));
  }
  using Found = std::vector<Sequence>;
  static Found found(Situations& situations, const std::string& drill, const Question& question,
                     std::int64_t now_ms) {
    const auto answer = situations.answer(drill, question, now_ms);
    if (!answer) return {0};
    Found found;
    for (const auto& order : answer->orders) {
      EXPECT_TRUE(drills::testing::drill(drill).carries(order.alert));
      found.push_back(order.sequence);
    }
    return found;
  }
  // By code and by position, with shapes: always the same.
  Found at(Situations& situations, const std::string& drill) const {
    Question area;
    area.area = "362018";
    Question point;
    point.point = inside;
    Question shapes = area;
    shapes.shapes = Question::Shapes::wanted;
    const auto by_code = found(situations, drill, area, log_.now_ms);
    EXPECT_EQ(found(situations, drill, point, log_.now_ms), by_code) << drill;
    EXPECT_EQ(found(situations, drill, shapes, log_.now_ms), by_code) << drill;
    return by_code;
  }
  Found at(const std::string& drill) { return at(situations_, drill); }
  Situations started() const {
    FoldsByChannel folds;
    registry::Registry registry;
    for (const auto& stored : entries_) {
      folds.apply(stored->entry);
      registry.apply(stored->entry);
    }
    return {std::move(folds), registry, log_.head(), log_.now_ms};
  }
  void read_all(Situations& situations) const {
    while (const auto unread = situations.unread()) {
      std::vector<journal::StoredPtr> page(
          entries_.begin() + static_cast<std::ptrdiff_t>(unread->first - 1),
          entries_.begin() + static_cast<std::ptrdiff_t>(unread->last));
      situations.take(*unread, page);
    }
  }

  Log log_;
  std::vector<journal::StoredPtr> entries_;
  Situations situations_{FoldsByChannel(), registry::Registry(), 0, begin_ms};
};

TEST_F(InDrills, EachChannelSeesItsOwn) {
  const auto live = order("");
  const auto east = order("east");
  const auto west = order("west");
  EXPECT_EQ(at(""), Found{live});
  EXPECT_EQ(at("east"), Found{east});
  EXPECT_EQ(at("west"), Found{west});
}

TEST_F(InDrills, NothingOfAnotherChannelReplacesOrSpeaks) {
  const auto live = order("");
  EXPECT_EQ(at("east"), Found{}) << "never leaks from live";
  order("east", {live});  // what admission would never let through
  EXPECT_EQ(at(""), Found{live}) << "nor is live lifted by a drill";
  Question question;
  question.area = "362018";
  const auto west = situations_.answer("west", question, log_.now_ms);
  ASSERT_EQ(west->publishers.size(), 1u);
  EXPECT_FALSE(west->publishers[0].last_word) << "silent in this drill";
}

TEST_F(InDrills, AnEntryThatSaysTwoThingsIsInForceNowhere) {
  log_.drill = "east";
  auto torn = log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}});
  torn.entry.mutable_body()->mutable_alert_accepted()->set_drill("");
  take(torn);
  log_.drill = "";
  torn = log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}});
  torn.entry.mutable_body()->mutable_alert_accepted()->set_drill("east");
  take(torn);
  for (const auto* channel : channels) EXPECT_EQ(at(channel), Found{}) << channel;
}

TEST_F(InDrills, WhatIsOverIsForgotten) {
  order("east");
  order("west");
  const auto live = order("");
  EXPECT_EQ(situations_.drills(), 2u);
  take(log_.closed("east"));
  EXPECT_EQ(situations_.drills(), 1u);
  EXPECT_EQ(at("east"), Found{0}) << "not found";
  log_.now_ms += hour_ms;
  EXPECT_EQ(at("west"), Found{0}) << "its window is over, though nobody closed it";
  EXPECT_EQ(situations_.drills(), 0u);
  order("west");
  EXPECT_EQ(situations_.drills(), 0u);
  EXPECT_EQ(at(""), Found{live});
}

TEST_F(InDrills, AReplayHoldsNoMoreDrillsThanAreNotOver) {
  FoldsByChannel folds;
  for (int i = 0; i < 500; ++i) {
    const auto id = "d" + std::to_string(i);
    folds.apply(log_.opened(id, log_.now_ms + hour_ms).entry);
    log_.drill = id;
    folds.apply(log_.order("362018", {{"evac.l4", "362018:a", ""}}).entry);
    log_.now_ms += hour_ms / 4;
    EXPECT_LE(folds.in_drills.size(), 4u);
  }
}

TEST_F(InDrills, AStartReadsTheLivePathFirstAndAnswersTheSame) {
  order("east");
  const auto live = order("");
  order("west");
  order("east", {}, "evac.l3");
  auto again = started();
  ASSERT_TRUE(again.unread());
  EXPECT_EQ(again.unread()->first, live);
  Question point;
  point.point = inside;
  EXPECT_EQ(again.answer("east", point, log_.now_ms).error().code, ErrorCode::unavailable);
  read_all(again);
  for (const auto* channel : channels) EXPECT_EQ(at(again, channel), at(channel)) << channel;
}

// A model that knows of each channel what stands in it, and nothing else.
TEST_F(InDrills, OverManyRandomOrdersNoneIsSeenInAnotherChannel) {
  const auto seed = std::random_device{}();
  std::printf("seed %u\n", seed);
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  std::map<std::string, std::set<Sequence>> model;
  for (int step = 0; step < 400; ++step) {
    const std::string channel = channels[random() % 3];
    auto& standing = model[channel];
    if (!standing.empty() && random() % 3 != 0) {
      const auto replaced =
          *std::next(standing.begin(), static_cast<std::ptrdiff_t>(random() % standing.size()));
      standing.erase(replaced);
      standing.insert(order(channel, {replaced}));
    } else {
      standing.insert(order(channel));
    }
    if (step % 20 != 0) continue;
    for (const std::string asked : channels) {
      auto seen = at(asked);
      EXPECT_EQ(std::set<Sequence>(seen.begin(), seen.end()), model[asked]) << asked;
    }
  }
  auto again = started();
  read_all(again);
  for (const std::string asked : channels) {
    auto seen = at(again, asked);
    EXPECT_EQ(std::set<Sequence>(seen.begin(), seen.end()), model[asked]) << asked;
  }
}

}  // namespace
}  // namespace noroshi::in_force
