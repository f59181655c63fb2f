#include "hub/in_force/in_force.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/unit/hub/in_force/told.hpp"

namespace noroshi::in_force {
namespace {

class InForceTest : public testing::Test {
 protected:
  void add(const journal::Stored& stored) {
    entries_.push_back(std::make_shared<const journal::Stored>(stored));
  }
  FoldsByChannel folds() const {
    FoldsByChannel folds;
    for (const auto& stored : entries_) folds.apply(stored->entry);
    return folds;
  }
  // A page of two entries at most, whatever is asked for.
  Result<std::vector<journal::StoredPtr>> page(Sequence after, std::size_t entries_max) {
    ++pages_;
    std::vector<journal::StoredPtr> found;
    for (auto i = after;
         i < entries_.size() && found.size() < std::min<std::size_t>(2, entries_max); ++i)
      found.push_back(entries_[i]);
    return found;
  }
  static Result<Answer> ask(InForce& in_force, const Question& question) {
    std::promise<Result<Answer>> promise;
    in_force.ask(drills::testing::live(), question,
                 [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }

  Log log_;
  std::vector<journal::StoredPtr> entries_;
  std::size_t pages_ = 0;
};

TEST_F(InForceTest, ReadsAtAStartOnlyWhatStandsAndSaysSoUntilItHas) {
  for (int i = 0; i < 3; ++i) {
    const auto order = log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}});
    add(order);
    if (i == 1) add(log_.order("362018", {{"evac.l4", "362018:a", "", true}}, {order.sequence}));
  }
  for (int i = 0; i < 200; ++i) add(log_.cancel("362018", {}));
  add(log_.order("362018", {{"evac.l3", "362018:b", square(35, 134, 0.1)}}));

  InForce in_force(folds(), registry::Registry(), log_.head(), [] { return begin_ms; });
  std::function<void()> first_page;
  std::promise<void> asked;
  in_force.start([&](Sequence after, std::size_t entries_max, InForce::Page answer) {
    if (pages_ > 0) return answer(page(after, entries_max));
    first_page = [this, after, entries_max, answer] { answer(page(after, entries_max)); };
    ++pages_;
    asked.set_value();
  });
  asked.get_future().get();
  Question point;
  point.point = cap::Point{34.05, 134.05};
  Question area;
  area.area = "362018";
  EXPECT_EQ(ask(in_force, point).error().code, ErrorCode::unavailable);
  EXPECT_EQ(ask(in_force, area)->orders.size(), 3u) << "needs no shapes";
  first_page();
  auto answer = ask(in_force, point);
  for (int i = 0; i < 100 && !answer; ++i) answer = ask(in_force, point);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->orders.size(), 2u);
  EXPECT_LE(pages_, 5u);
  in_force.stop();
}

TEST_F(InForceTest, FollowsTheLog) {
  InForce in_force(folds(), registry::Registry(), 0, [] { return begin_ms; });
  in_force.start([](auto, auto, const auto&) {});
  add(log_.order("362018", {{"evac.l4", "362018:a", square(34, 134, 0.1)}}));
  in_force.entries(std::make_shared<const std::vector<journal::StoredPtr>>(entries_));
  Question point;
  point.point = cap::Point{34.05, 134.05};
  const auto answer = ask(in_force, point);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->through, 1u);
  EXPECT_EQ(answer->orders.size(), 1u);
}

}  // namespace
}  // namespace noroshi::in_force
