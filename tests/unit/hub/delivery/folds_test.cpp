#include "hub/delivery/folds.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace noroshi::delivery {
namespace {

v1::Entry alert(Sequence sequence, const std::string& type, const std::vector<Sequence>& refers) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& summary = *entry.mutable_body()->mutable_alert_accepted()->mutable_summary();
  summary.set_message_type(type);
  for (const auto referenced : refers) summary.add_referenced_sequences(referenced);
  return entry;
}

v1::Entry acks(Sequence sequence, const std::string& subscriber, Sequence through) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& range = *entry.mutable_body()->mutable_acks_recorded()->add_ranges();
  range.set_subscriber(subscriber);
  range.set_through(through);
  return entry;
}

TEST(Folds, ACursorStartsAtTheRegistrationAndNeverGoesBack) {
  Folds folds;
  v1::Entry registered;
  registered.set_sequence(7);
  registered.mutable_body()->mutable_subscriber_registered()->set_id("tv");
  folds.apply(registered);
  EXPECT_EQ(folds.cursor("tv"), 7u);
  folds.apply(acks(20, "tv", 15));
  folds.apply(acks(21, "tv", 12));
  EXPECT_EQ(folds.cursor("tv"), 15u);
  EXPECT_EQ(folds.cursor("unknown"), 0u);
  EXPECT_EQ(folds.head(), 21u);
}

TEST(Folds, AnUpdateSupersedesAndACancelCancelsWhatItReferences) {
  Folds folds;
  const auto first = alert(1, "Alert", {});
  folds.apply(first);
  EXPECT_FALSE(folds.fate(first.body().alert_accepted(), 1, 0, 0));
  folds.apply(alert(2, "Update", {1}));
  const auto superseded = folds.fate(first.body().alert_accepted(), 1, 0, 0);
  ASSERT_TRUE(superseded);
  EXPECT_EQ(superseded->reason, v1::Passed::SUPERSEDED);
  EXPECT_EQ(superseded->by, 2u);
  folds.apply(alert(3, "Cancel", {1, 2}));
  EXPECT_EQ(folds.fate(first.body().alert_accepted(), 1, 0, 0)->reason, v1::Passed::CANCELLED);
  EXPECT_EQ(folds.last_alert(), 3u);
}

TEST(Folds, FindsTheNextAlertHoweverFarItIs) {
  Folds folds;
  folds.apply(alert(2, "Alert", {}));
  for (Sequence sequence = 3; sequence < 5000; ++sequence) folds.apply(acks(sequence, "tv", 2));
  folds.apply(alert(5000, "Alert", {}));
  EXPECT_EQ(folds.alert_after(0), Sequence{2});
  EXPECT_EQ(folds.alert_after(1), Sequence{2});
  EXPECT_EQ(folds.alert_after(2), Sequence{5000});
  EXPECT_EQ(folds.alert_after(4999), Sequence{5000});
  EXPECT_FALSE(folds.alert_after(5000));
}

TEST(Folds, EachChannelHasItsOwnAlertsAndCursors) {
  Folds folds;
  v1::Entry registered;
  registered.set_sequence(1);
  registered.mutable_body()->mutable_subscriber_registered()->set_id("tv");
  folds.apply(registered);
  EXPECT_FALSE(folds.lane_of("a"));
  for (Sequence sequence = 2; sequence < 8; ++sequence) {
    auto mixed = alert(sequence, "Alert", {});
    if (sequence % 2 == 0) mixed.mutable_body()->mutable_alert_accepted()->set_drill("a");
    folds.apply(mixed);
  }
  const auto lane = folds.lane_of("a");
  ASSERT_TRUE(lane);
  EXPECT_NE(*lane, live_lane);
  EXPECT_EQ(folds.last_alert(), 7u);
  EXPECT_EQ(folds.last_alert(*lane), 6u);
  EXPECT_EQ(folds.alert_after(3), Sequence{5});
  EXPECT_EQ(folds.alert_after(3, *lane), Sequence{4});
  EXPECT_FALSE(folds.alert_after(6, *lane));
  auto acked = acks(8, "tv", 6);
  acked.mutable_body()->mutable_acks_recorded()->mutable_ranges(0)->set_channel("drill:a");
  folds.apply(acked);
  EXPECT_EQ(folds.cursor("tv", "a"), 6u);
  EXPECT_EQ(folds.cursor("tv"), 1u);
}

TEST(Folds, ExpiryPassesOnlyWhatWasInForceWhenAccepted) {
  Folds folds;
  v1::AlertAccepted accepted;
  accepted.set_expires_ms(1000);
  EXPECT_FALSE(folds.fate(accepted, 1, 500, 999));
  ASSERT_TRUE(folds.fate(accepted, 1, 500, 1000));
  EXPECT_EQ(folds.fate(accepted, 1, 500, 1000)->reason, v1::Passed::EXPIRED);
  EXPECT_FALSE(folds.fate(accepted, 1, 1000, 2000)) << "had expired already: not late";
  accepted.clear_expires_ms();
  EXPECT_FALSE(folds.fate(accepted, 1, 500, 1000));
}

// Who was away for longer than the life of a lift would show the order for ever.
TEST(Folds, WhatTakesDownAnotherIsDeliveredHoweverLate) {
  Folds folds;
  v1::AlertAccepted accepted;
  accepted.set_expires_ms(1000);
  accepted.mutable_summary()->set_message_type("Cancel");
  EXPECT_FALSE(folds.fate(accepted, 2, 500, 5000));
  accepted.mutable_summary()->set_message_type("Update");
  accepted.add_lines()->set_lift(true);
  EXPECT_FALSE(folds.fate(accepted, 2, 500, 5000));
  accepted.add_lines()->set_lift(false);
  EXPECT_TRUE(folds.fate(accepted, 2, 500, 5000)) << "it orders, too";
}

}  // namespace
}  // namespace noroshi::delivery
