#include "hub/view/feed_page.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/view/view_database.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::view {
namespace {

using Sequences = std::vector<Sequence>;

// `tv` takes what is of 362018; alerts are for it, or for somebody else.
class FeedPageTest : public testing::Test {
 protected:
  FeedPageTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("noroshi-feed-page-" + std::to_string(::getpid()) + "-" +
                    testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(directory_);
    database_ = std::make_unique<ViewDatabase>(directory_ / "view.db", 1);
    v1::EntryBody body;
    body.mutable_subscriber_registered()->set_id("tv");
    body.mutable_subscriber_registered()->add_areas("362018");
    registered_ = add(body);
  }
  ~FeedPageTest() override { std::filesystem::remove_all(directory_); }

  Sequence add(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    entry.set_at_ms(1);
    *entry.mutable_body() = body;
    registry_.apply(entry);
    database_->begin();
    database_->apply(entry);
    database_->commit();
    return head_;
  }
  Sequence add_alert(const std::string& code, const std::vector<Sequence>& references = {}) {
    v1::EntryBody body;
    auto& alert = *body.mutable_alert_accepted();
    drills::testing::live().mark(alert);
    alert.mutable_summary()->set_status("Actual");
    alert.mutable_summary()->set_identifier(std::to_string(head_ + 1));
    alert.mutable_summary()->set_message_type(references.empty() ? "Alert" : "Cancel");
    for (const auto reference : references)
      alert.mutable_summary()->add_referenced_sequences(reference);
    auto& own = *alert.add_routing();
    own.set_sequence(head_ + 1);
    own.add_area_codes(code);
    return add(body);
  }
  Sequence for_tv() { return add_alert("362018"); }
  void for_others(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add_alert("131016");
  }

  FeedPage page(FeedQuery query) {
    query.subscriber = "tv";
    return read_feed_page(*database_, registry_, drills::testing::live(), query, unread_);
  }
  FeedPage first_page(Sequence cursor, std::size_t limit = 50) {
    FeedQuery query;
    query.whole_after = cursor;
    query.limit = limit;
    return page(query);
  }
  static Sequences on(const FeedPage& page) {
    Sequences sequences;
    for (const auto& alert : page.alerts) sequences.push_back(alert.listed.sequence);
    return sequences;
  }

  std::filesystem::path directory_;
  std::unique_ptr<ViewDatabase> database_;
  registry::Registry registry_;
  Unread unread_;
  Sequence head_ = 0;
  Sequence registered_ = 0;
};

TEST_F(FeedPageTest, AFirstPageHoldsAllThatIsNotAcknowledgedAndFillsUpWithOlder) {
  Sequences alerts;
  for (int i = 0; i < 6; ++i) {
    alerts.insert(alerts.begin(), for_tv());
    for_others(1);
  }
  EXPECT_EQ(on(first_page(registered_, 2)), alerts);
  EXPECT_EQ(on(first_page(alerts[0], 2)), (Sequences{alerts[0], alerts[1]}));
  EXPECT_EQ(on(first_page(alerts[3], 2)), (Sequences{alerts[0], alerts[1], alerts[2]}));
}

TEST_F(FeedPageTest, ItIsNoLargerThanTheBoundAndSaysWhereItEnds) {
  Sequences alerts;
  for (std::size_t i = 0; i <= page_alerts_max; ++i) alerts.push_back(for_tv());
  const auto first = first_page(registered_);
  EXPECT_EQ(first.alerts.size(), page_alerts_max);
  EXPECT_EQ(first.after, alerts[0]) << "the oldest is not on it";
  EXPECT_TRUE(first.older);
  EXPECT_FALSE(first.newer);
}

TEST_F(FeedPageTest, PagesMeetWithoutAGap) {
  Sequences alerts;
  for (int i = 0; i < 7; ++i) {
    alerts.push_back(for_tv());
    for_others(2);
  }
  FeedQuery query;
  query.limit = 3;
  query.before = alerts[6];
  const auto below = page(query);
  EXPECT_EQ(on(below), (Sequences{alerts[5], alerts[4], alerts[3]}));
  EXPECT_TRUE(below.newer);
  query.before = below.after + 1;
  const auto last = page(query);
  EXPECT_EQ(on(last), (Sequences{alerts[2], alerts[1], alerts[0]}));
  query.before.reset();
  query.after = alerts[2];
  const auto above = page(query);
  EXPECT_EQ(on(above), (Sequences{alerts[5], alerts[4], alerts[3]}));
  EXPECT_EQ(above.after, alerts[2]);
  EXPECT_TRUE(above.newer);
  query.after = alerts[5];
  EXPECT_EQ(on(page(query)), (Sequences{alerts[6]}));
  EXPECT_FALSE(page(query).newer);
}

TEST_F(FeedPageTest, WhatEndedAnAlertAndWhenIsSaid) {
  const auto order = for_tv();
  const auto cancel = add_alert("362018", {order});
  const auto found = first_page(registered_);
  ASSERT_EQ(on(found), (Sequences{cancel, order}));
  EXPECT_FALSE(found.alerts[0].ended_ms);
  EXPECT_EQ(found.alerts[1].ended_ms, 1);
  EXPECT_EQ(found.alerts[1].listed.cancelled_by, cancel);
}

// A town of which nobody has spoken while thousands of alerts were for others.
TEST_F(FeedPageTest, FarBehindItBecomesWholeAfterAFewPages) {
  const auto old = for_tv();
  for_others(2 * page_looked_at_max);
  const auto fresh = for_tv();
  auto found = first_page(registered_);
  EXPECT_EQ(on(found), (Sequences{fresh}));
  EXPECT_GT(found.after, registered_) << "not looked through yet";
  for (int again = 0; again < 2 && found.after > registered_; ++again)
    found = first_page(registered_);
  EXPECT_EQ(on(found), (Sequences{fresh, old}));
  EXPECT_EQ(found.after, registered_);
  EXPECT_LE(first_page(fresh).after, fresh) << "and joins what is acknowledged then";
}

}  // namespace
}  // namespace noroshi::view
