// What went wrong in real life (ops/docs/field.md), as far as the life of an order answers for it.
#include <gtest/gtest.h>

#include "hub/delivery/folds.hpp"
#include "tests/unit/hub/admission/story.hpp"

namespace noroshi::admission {
namespace {

std::vector<std::string> districts(int count) {
  std::vector<std::string> named;
  for (int i = 0; i < count; ++i) named.push_back("232017:" + std::to_string(i));
  return named;
}

// 380 districts were picked one by one while the level rose from 3 to 5 within 20 minutes.
TEST(Accidents, Toyohashi2023) {
  Story story;
  const auto all = districts(380);
  ASSERT_EQ(story.send(Order("t1", "T", 1).issue(evac(3, {"232017:*"}))), "ok") << "coarse first";
  ASSERT_EQ(story.send(Order("t2", "T", 2).updates({"t1"}).issue(evac(4, {"232017:*"}))), "ok");
  ASSERT_EQ(
      story.send(
          Order("t3", "T", 3).updates({"t2"}).issue(evac(4, all)).lift(evac(4, {"232017:*"}))),
      "ok")
      << "refined later";
  ASSERT_EQ(story.send(Order("t4", "T", 4).updates({"t3"}).issue(evac(5, all))), "ok")
      << "raised in place, nothing lifted by hand";
  auto one_forgotten = all;
  one_forgotten.pop_back();
  EXPECT_EQ(story.tell(Order("t5", "T", 5).updates({"t4"}).issue(evac(5, one_forgotten))),
            "alert.invalid life.uncovered 232017:379");
}

// Media could not tell "no order" from "not entered".
TEST(Accidents, Kumamoto2016) {
  Story story;
  const Said none{"evac.none", {"431001:*"}, ""};
  ASSERT_EQ(story.send(Order("n1", "N", 1).by("431001").issue(none)), "ok");
  ASSERT_EQ(story.send(Order("k1", "K", 1).by("431001").issue(evac(4, {"431001:a"}))), "ok");
  const auto still_none = Order("n2", "N", 2).by("431001").updates({"n1"}).issue(none);
  EXPECT_EQ(story.tell(still_none), "alert.invalid life.none k1");
  EXPECT_EQ(story.tell(Order("n3", "M", 1).by("pref43").issue({"evac.none", {"430005:*"}, ""})),
            "alert.invalid life.none k1")
      << "whoever says it, and of a larger place";
  story.now_ms += 100 * hour_ms;
  EXPECT_EQ(story.tell(still_none), "alert.invalid life.none k1") << "run out and never lifted";
  ASSERT_EQ(
      story.send(
          Order("k2", "K", 2).by("431001").updates({"k1"}).lift(evac(4, {"431001:*"})).issue(none)),
      "ok")
      << "lifted and said in one";
  EXPECT_EQ(story.tell(still_none), "ok");
}

// A late entry was passed on days later as if it were new.
TEST(Accidents, Niigata2024) {
  Story story;
  ASSERT_EQ(story.send(Order("l1", "L", 1).kind("late").issue(evac(4, {"151009:a"}))), "ok");
  EXPECT_EQ(story.log().back().body().alert_accepted().update_kind(), "late");
  EXPECT_EQ(story.tell(Order("l2", "L", 2).updates({"l1"}).lift(evac(4, {"151009:a"}))), "ok");
}

// A wrong address could not be corrected without ringing every telephone again.
TEST(Accidents, Kawaguchi2023) {
  Story story;
  ASSERT_EQ(story.send(Order("s1", "S", 1).issue({"shelter", {"112038:hall"}})), "ok");
  EXPECT_EQ(story.send(Order("s2", "S", 2)
                           .kind("correction")
                           .updates({"s1"})
                           .issue({"shelter", {"112038:hall"}})),
            "ok")
      << "corrected in place";
}

// Old alerts were sent out again later: what was replaced, cancelled or has run out is not shown.
TEST(Accidents, LosAngeles2025) {
  Story story;
  const auto fires = [](int level) { return evac(level, {"131016:a"}); };
  story.send(Order("f1", "F", 1).issue(fires(4)));
  story.send(Order("f2", "F", 2).updates({"f1"}).issue(fires(5)));
  story.send(Order("f3", "F", 3).updates({"f1", "f2"}).lift(fires(5)));
  story.send(Order("g1", "G", 1).issue(fires(4)));
  story.send(Order("gx", "", 0).cancels({"g1"}));
  story.send(Order("h4", "H", 4).updates({"lost"}).issue(fires(4)));
  story.send(Order("h6", "H", 6).updates({"lost too"}).issue(fires(4)));
  delivery::Folds folds;
  for (const auto& entry : story.log()) folds.apply(entry);
  const auto fate = [&](const std::string& identifier) {
    const auto sequence = story.sequence(identifier);
    auto alert = story.log().at(sequence - 1).body().alert_accepted();
    alert.set_expires_ms(story.now_ms + hour_ms);
    const auto late = folds.fate(alert, sequence, story.now_ms, story.now_ms + 2 * hour_ms);
    const auto soon = folds.fate(alert, sequence, story.now_ms, story.now_ms);
    const auto told = [](const auto& one) {
      return one ? v1::Passed::Reason_Name(one->reason) + " " + std::to_string(one->by) : "none";
    };
    return told(soon) + ", " + told(late);
  };
  EXPECT_EQ(fate("f1"), "SUPERSEDED 3, SUPERSEDED 3");
  EXPECT_EQ(fate("f2"), "SUPERSEDED 3, SUPERSEDED 3") << "by its lift";
  EXPECT_EQ(fate("f3"), "none, none") << "whoever shows the order hears that it is over";
  EXPECT_EQ(fate("g1"), "CANCELLED 5, CANCELLED 5");
  EXPECT_EQ(fate("h4"), "SUPERSEDED 7, SUPERSEDED 7") << "by its document, without being named";
}

}  // namespace
}  // namespace noroshi::admission
