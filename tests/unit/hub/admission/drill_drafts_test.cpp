// Two people in a drill: what they practise is what they will do, and what they draft there never
// becomes anything elsewhere.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <random>

#include "hub/admission/approval.hpp"
#include "tests/unit/hub/admission/two_people.hpp"

namespace noroshi::admission {
namespace {

using drills::testing::drill;
using drills::testing::live;

constexpr const char* channels[] = {"", "east", "west"};

class DrillDrafts : public TwoPeople {
 protected:
  void in(const std::string& drill) { drill_ = drill; }
  bool waits(const std::string& channel, const std::string& id) const {
    const auto* draft = judge_.drafts().find(drill(channel), id);
    return draft != nullptr && draft->waits_at(now_ms_);
  }
  void close(const std::string& id) {
    v1::EntryBody body;
    body.mutable_drill_closed()->set_id(id);
    write(body);
  }
};

TEST_F(DrillDrafts, TheFlowIsTheLivePathsOwn) {
  in("east");
  EXPECT_EQ(alone({}, "kato"), "approval.required approval.required level 4");
  EXPECT_EQ(draft({}, "d1"), "draft");
  EXPECT_EQ(draft({}, "d1b"), "known");
  EXPECT_EQ(approve({}, "d1", "naruto"), "auth.role");
  EXPECT_EQ(approve({.bytes = "other bytes"}, "d1"), "draft.changed");
  EXPECT_EQ(approve({}, "d1"), "accepted");
  EXPECT_EQ(approve({}, "d1"), "known");
  EXPECT_EQ(draft({.identifier = "a2"}, "d2", "both"), "draft");
  EXPECT_EQ(approve({.identifier = "a2"}, "d2", "both", "both"),
            "approval.required approval.self both");
  now_ms_ += draft_life_ms;
  EXPECT_EQ(approve({.identifier = "a2"}, "d2", "mori", "both"), "draft.expired");
  EXPECT_EQ(alone({.identifier = "a3"}, "kato", "one at night"), "accepted") << "broken glass";
}

TEST_F(DrillDrafts, ThePolicyIsNotAskedOfASystemThatPlaysAPart) {
  in("east");
  EXPECT_EQ(system({}), "accepted");
  in("");
  EXPECT_EQ(system({}), "approval.required approval.required level 4");
}

TEST_F(DrillDrafts, NothingOfAnotherChannelFindsApprovesOrEndsADraft) {
  for (const std::string of : channels)
    for (const std::string asked : channels) {
      if (of == asked) continue;
      const auto id = of + ">" + asked;
      const Order order{.identifier = id};
      in(of);
      ASSERT_EQ(draft(order, id), "draft");
      in(asked);
      EXPECT_EQ(approve(order, id), "draft.unknown") << id;
      EXPECT_EQ(withdraw(id, "mori"), "draft.unknown") << id;
      EXPECT_EQ(judge_.drafts().find(drill(asked), id), nullptr);
      EXPECT_TRUE(waits(of, id));
      EXPECT_EQ(draft(order, id + " too"), "draft") << "the same alert here is another";
      EXPECT_TRUE(waits(of, id)) << "and no edit of it";
    }
  for (const std::string channel : channels)
    for (const auto* draft : judge_.drafts().all(drill(channel)))
      EXPECT_EQ(draft->submitted.drill(), channel);
}

TEST_F(DrillDrafts, ACredentialOfAnotherChannelNeitherDraftsNorApproves) {
  for (const std::string of : channels)
    for (const std::string token : channels) {
      if (of == token) continue;
      const auto id = of + "<" + token;
      const Order order{.identifier = id};
      in(of);
      token_drill_ = token;
      EXPECT_EQ(draft(order, id), "auth.status") << id;
      token_drill_.reset();
      ASSERT_EQ(draft(order, id), "draft");
      token_drill_ = token;
      EXPECT_EQ(approve(order, id), "auth.status") << id;
      token_drill_.reset();
      EXPECT_TRUE(waits(of, id));
    }
}

TEST_F(DrillDrafts, AClosingThatNamesNoChannelFindsNothing) {
  ASSERT_EQ(draft({}, "d1"), "draft");
  v1::EntryBody body;
  body.mutable_draft_closed()->set_id("d1");
  body.mutable_draft_closed()->set_by("mori");
  EXPECT_EQ(told(write(body)), "draft.unknown");
}

TEST_F(DrillDrafts, AFullDrillLeavesRoomOnTheLivePath) {
  in("east");
  for (std::size_t i = 0; i < drafts_waiting_max; ++i) {
    const auto id = std::to_string(i);
    ASSERT_EQ(draft({.identifier = "a" + id}, "d" + id), "draft");
  }
  EXPECT_EQ(draft({.identifier = "more"}, "more"), "draft.too-many");
  EXPECT_EQ(judge_.drafts().waiting_live(now_ms_), 0U) << "and alarms nobody";
  for (const auto* channel : {"", "west"}) {
    in(channel);
    EXPECT_EQ(draft({}, std::string("of ") + channel), "draft");
  }
}

TEST_F(DrillDrafts, TheyEndWithTheDrill) {
  in("east");
  ASSERT_EQ(draft({}, "d1"), "draft");
  ASSERT_EQ(draft({.identifier = "a2"}, "d2"), "draft");
  ASSERT_EQ(withdraw("d2", "mori"), "closed");
  close("east");
  EXPECT_EQ(approve({}, "d1"), "drill.closed");
  EXPECT_EQ(withdraw("d1", "mori"), "drill.closed");
  EXPECT_EQ(withdraw("d2", "mori"), "known");
  EXPECT_EQ(draft({.identifier = "a3"}, "d3"), "drill.closed");
  in("west");
  EXPECT_EQ(draft({}, "d4"), "draft");
}

// Anything anybody may try, with any credential in any channel; a ledger knows only in which
// channel each draft was submitted.
TEST_F(DrillDrafts, OfManyRandomStepsNoDraftBecomesAnAlertElsewhere) {
  const auto seed = std::random_device{}();
  std::printf("seed %u\n", seed);
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  const auto any = [&] { return std::string(channels[random() % 3]); };
  std::map<std::string, std::string> ledger;
  std::size_t accepted = 0;
  for (int step = 0; step < 3000; ++step) {
    in(any());
    token_drill_.reset();
    if (random() % 4 == 0) token_drill_ = any();
    const Order order{.identifier = "a" + std::to_string(random() % 400)};
    const auto id = "d" + std::to_string(random() % 600);
    if (random() % 2 == 0 && !ledger.contains(id)) {
      if (draft(order, id) == "draft") ledger[id] = drill_;
    } else if (random() % 20 == 0) {
      withdraw(id, "mori");
    } else {
      const auto* waiting = judge_.drafts().find(drill(ledger.contains(id) ? ledger[id] : ""), id);
      const auto identifier = waiting == nullptr || random() % 8 == 0
                                  ? order.identifier
                                  : waiting->submitted.summary().identifier();
      if (approve({.identifier = identifier}, id) == "accepted") {
        EXPECT_EQ(ledger.at(id), drill_);
        ++accepted;
      }
    }
    now_ms_ += 1000;
  }
  EXPECT_GT(accepted, 50U);
  const auto entries = log_->read(0, {10'000, 1 << 30});
  ASSERT_TRUE(entries);
  std::size_t found = 0;
  for (const auto& stored : *entries) {
    if (!stored->entry.body().has_alert_accepted()) continue;
    const auto& alert = stored->entry.body().alert_accepted();
    EXPECT_EQ(ledger.at(alert.approval().draft()), alert.drill());
    EXPECT_TRUE(drill(alert.drill()).carries(alert));
    ++found;
  }
  EXPECT_EQ(found, accepted);
}

}  // namespace
}  // namespace noroshi::admission
