#include "hub/admission/approval.hpp"

#include <gtest/gtest.h>

#include "hub/admission/questions.hpp"
#include "tests/unit/hub/admission/two_people.hpp"

namespace noroshi::admission {
namespace {

using drills::testing::live;

TEST_F(TwoPeople, ASystemTokenNeverSendsAloneWhatTakesTwo) {
  EXPECT_EQ(system({}), "approval.required approval.required level 4");
  EXPECT_EQ(system({.identifier = "a5", .level = 5}),
            "approval.required approval.required level 5");
  EXPECT_EQ(system({.identifier = "a9", .level = 255}),
            "approval.required approval.required level 5")
      << "what is not known counts as 5";
  EXPECT_EQ(system({.identifier = "l3", .level = 3}), "accepted");
  EXPECT_EQ(system({.identifier = "l3-lift",
                    .level = 3,
                    .type = "Update",
                    .references = {"l3"},
                    .lift = true}),
            "approval.required approval.required lift");
  EXPECT_EQ(system({.identifier = "c", .level = 0, .type = "Cancel", .references = {"l3"}}),
            "approval.required approval.required cancel");
}

TEST_F(TwoPeople, TheSecondSignsAndTheOrderGoesOut) {
  const Order order;
  EXPECT_EQ(draft(order, "d1"), "draft");
  EXPECT_EQ(judge_.drafts().waiting_live(now_ms_), 1U);
  EXPECT_EQ(approve(order, "d1"), "accepted");
  EXPECT_EQ(judge_.drafts().find(live(), "d1")->end, Draft::End::approved);
  EXPECT_EQ(approve(order, "d1"), "known") << "twice is once";
  now_ms_ += draft_life_ms;
  EXPECT_EQ(approve(order, "d1"), "known");
}

TEST_F(TwoPeople, Kiyose2024OneAloneDoesNotLiftAnOrderInForce) {
  draft({}, "d1");
  ASSERT_EQ(approve({}, "d1"), "accepted");
  const Order lift{
      .identifier = "a2", .level = 4, .type = "Update", .references = {"a1"}, .lift = true};
  EXPECT_EQ(alone(lift, "both"), "approval.required approval.required level 4");
  const Order without_a_word{
      .identifier = "a3", .level = 0, .type = "Update", .references = {"a1"}};
  EXPECT_EQ(alone(without_a_word, "both"), "approval.required approval.required ends level 4")
      << "an update that states nothing takes the order's place, too";
  EXPECT_EQ(draft(lift, "d2", "both"), "draft");
  EXPECT_EQ(approve(lift, "d2", "both", "both"), "approval.required approval.self both");
  EXPECT_EQ(approve(lift, "d2", "mori", "both"), "accepted");
}

TEST_F(TwoPeople, BreakGlassGoesOutAloneWithItsReasonInTheLog) {
  EXPECT_EQ(alone({}, "kato", "夜間で一人、川があふれた"), "accepted");
  EXPECT_EQ(alone({.identifier = "b"}, "naruto", "夜間で一人"), "auth.role");
}

TEST_F(TwoPeople, WhoMayIsJudgedWhenItIsSigned) {
  const Order order;
  EXPECT_EQ(draft(order, "d0", "mori"), "auth.role") << "an approver drafts nothing";
  EXPECT_EQ(draft(order, "d1"), "draft");
  EXPECT_EQ(approve(order, "d1", "kato"), "auth.role") << "a drafter approves nothing";
  EXPECT_EQ(approve(order, "d1", "naruto"), "auth.role") << "of another city";
  EXPECT_EQ(approve(order, "d1", "nobody"), "auth.required");
  write(officer("mori", {"approver"}, city, true));
  EXPECT_EQ(approve(order, "d1"), "auth.suspended");
  write(officer("mori", {"approver"}));
  write(officer("kato", {"drafter"}, city, true));
  EXPECT_EQ(approve(order, "d1"), "auth.suspended") << "so does the author's standing";
  write(officer("kato", {"drafter"}));
  EXPECT_EQ(approve(order, "d1"), "accepted");
}

TEST_F(TwoPeople, WhatIsSignedIsExactlyWhatWasDrafted) {
  draft({}, "d1");
  EXPECT_EQ(approve({.bytes = "other bytes"}, "d1"), "draft.changed");
  EXPECT_EQ(approve({}, "d1", "mori", "both"), "draft.changed") << "and by whom";
  EXPECT_EQ(approve({}, "d7"), "draft.unknown");
}

TEST_F(TwoPeople, ADraftEndsAfterTenMinutesOrWithdrawnOrEdited) {
  draft({}, "d1");
  now_ms_ += draft_life_ms;
  EXPECT_EQ(approve({}, "d1"), "draft.expired");
  EXPECT_EQ(draft({}, "d2"), "draft") << "again is a new one";
  EXPECT_EQ(draft({.bytes = "edited"}, "d3"), "draft");
  EXPECT_EQ(approve({}, "d2"), "draft.closed") << "the edit voids it";
  EXPECT_EQ(withdraw("d3", "naruto"), "draft.unknown");
  EXPECT_EQ(withdraw("d3", "mori"), "closed");
  EXPECT_EQ(withdraw("d3", "kato"), "known");
  EXPECT_EQ(approve({.bytes = "edited"}, "d3"), "draft.closed");
}

TEST_F(TwoPeople, TheSameDraftAgainIsTheSameDraft) {
  EXPECT_EQ(draft({}, "d1"), "draft");
  EXPECT_EQ(draft({}, "d2"), "known");
  EXPECT_EQ(judge_.drafts().find(live(), "d2"), nullptr);
  EXPECT_EQ(draft({}, "d2", "both"), "draft") << "another officer's is another";
}

TEST_F(TwoPeople, WaitingDraftsAreBounded) {
  for (std::size_t i = 0; i < drafts_waiting_max; ++i) {
    const auto id = std::to_string(i);
    ASSERT_EQ(draft({.identifier = "a" + id}, "d" + id), "draft");
  }
  EXPECT_EQ(draft({.identifier = "more"}, "more"), "draft.too-many");
  now_ms_ += draft_life_ms;
  EXPECT_EQ(draft({.identifier = "more"}, "more"), "draft");
}

TEST_F(TwoPeople, WithoutThePolicyAnOfficerWhoDraftsSends) {
  register_publisher(city, false);
  EXPECT_EQ(alone({}, "kato"), "accepted");
  EXPECT_EQ(alone({.identifier = "b"}, "mori"), "auth.role");
  EXPECT_EQ(system({.identifier = "c"}), "accepted");
}

TEST_F(TwoPeople, TheFoldIsTheSameFromTheLog) {
  draft({}, "d1");
  draft({.identifier = "a2"}, "d2");
  approve({}, "d1");
  Drafts again;
  const auto entries = log_->read(0, {10'000, 1 << 30});
  ASSERT_TRUE(entries);
  for (const auto& stored : *entries) again.apply(stored->entry);
  EXPECT_EQ(again.find(live(), "d1")->end, Draft::End::approved);
  EXPECT_TRUE(again.find(live(), "d2")->waits_at(now_ms_));
  EXPECT_EQ(again.waiting_live(now_ms_), judge_.drafts().waiting_live(now_ms_));
}

TEST_F(TwoPeople, WhatADraftAsksIsAskedOfBoth) {
  auto made = proposal({}, "kato");
  auto& approval = *made.body.mutable_alert_accepted()->mutable_approval();
  approval.set_author("kato");
  approval.set_draft("d1");
  Circumstances asked;
  asked.questions = {"area.large 徳島市"};
  made.circumstances = std::make_shared<Circumstances>(std::move(asked));
  EXPECT_EQ(told(append(made)), "confirm.required area.large 徳島市");
  Circumstances answered;
  answered.questions = {"area.large 徳島市"};
  answered.answered = {digest_of("area.large 徳島市")};
  made.circumstances = std::make_shared<Circumstances>(std::move(answered));
  EXPECT_EQ(told(append(made)), "draft");
}

}  // namespace
}  // namespace noroshi::admission
