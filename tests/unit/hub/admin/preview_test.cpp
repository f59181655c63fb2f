#include "hub/admin/preview.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <memory>
#include <vector>

namespace noroshi::admin {
namespace {

using testing::HasSubstr;

constexpr std::int64_t an_hour = 3'600'000;
constexpr std::int64_t log_begins = 1'800'000'000'000;

// A log of one entry an hour, and what a subscription would have had of it.
class PreviewTest : public testing::Test {
 protected:
  v1::Entry& write() {
    auto stored = std::make_shared<journal::Stored>();
    stored->sequence = log_.size() + 1;
    stored->entry.set_sequence(stored->sequence);
    stored->entry.set_at_ms(log_begins + static_cast<std::int64_t>(stored->sequence) * an_hour);
    log_.push_back(stored);
    return stored->entry;
  }

  v1::AlertAccepted& alert(const std::string& area, std::uint32_t level,
                           const std::string& event = "evac.l4") {
    auto& entry = write();
    auto& accepted = *entry.mutable_body()->mutable_alert_accepted();
    auto& part = *accepted.add_routing();
    part.set_sequence(entry.sequence());
    part.add_area_codes(area);
    part.add_events(event);
    part.set_level(level);
    accepted.mutable_summary()->set_event(event);
    accepted.mutable_summary()->add_area_codes(area);
    accepted.mutable_summary()->set_headline("避難指示");
    return accepted;
  }

  // From the entry `first` on, that one included.
  AdminAnswer preview(journal::Sequence first = 1) {
    AdminRequest request;
    request.id = "tv";
    request.preview.emplace();
    const auto from = log_begins + static_cast<std::int64_t>(first) * an_hour;
    Preview preview(asked_, from, log_.size());
    reads_ = 0;
    while (!preview.complete()) {
      const auto at = preview.read();
      const std::size_t wanted = std::min<std::size_t>(preview.bounds().entries_max, 3);
      const auto all = std::span<const journal::StoredPtr>(log_).subspan(at);
      preview.take(all.first(std::min(wanted, all.size())));
      ++reads_;
    }
    return preview.answer(request);
  }

  boost::json::object json(journal::Sequence first = 1) {
    return boost::json::parse(preview(first).json).as_object();
  }

  std::vector<journal::StoredPtr> log_;
  v1::SubscriberRegistered asked_ = [] {
    v1::SubscriberRegistered asked;
    asked.add_areas("36");
    return asked;
  }();
  std::size_t reads_ = 0;
};

TEST_F(PreviewTest, CountsWhatWouldHaveComeAndTheFirstFilterThatKeptTheRestAway) {
  asked_.set_min_level(3);
  asked_.add_events("evac");
  alert("362018", 4);
  alert("131016", 4);                  // area
  alert("362018", 2);                  // level
  alert("362018", 4, "shelter.open");  // event
  alert("362018", 5);
  const auto object = json();
  EXPECT_EQ(object.at("alerts"), 5);
  EXPECT_EQ(object.at("received"), 2);
  EXPECT_EQ(boost::json::serialize(object.at("kept_away")),
            R"({"area":1,"level":1,"event":1,"polygon":0})");
  EXPECT_EQ(object.at("areas").at("362018"), 2);
  EXPECT_EQ(object.at("latest").as_array().size(), 2u);
  EXPECT_THAT(preview().note, HasSubstr("would have received 2 of 5 alerts"));
}

TEST_F(PreviewTest, BeginsWithTheFirstEntryOfItsTimeWhereverThatIs) {
  for (int i = 0; i < 20; ++i) alert("362018", 4);
  for (journal::Sequence first = 1; first <= 21; ++first)
    EXPECT_EQ(json(first).at("alerts"), 21 - first) << first;
}

TEST_F(PreviewTest, FindsThatBeginningInALongLogWithoutReadingIt) {
  for (int i = 0; i < 5000; ++i) write();
  alert("362018", 4);
  EXPECT_EQ(json(5001).at("received"), 1);
  EXPECT_LT(reads_, 16u);
}

TEST_F(PreviewTest, AnEmptyTimeHasNothing) {
  EXPECT_EQ(json().at("alerts"), 0);
  alert("362018", 4);
  EXPECT_EQ(json(2).at("alerts"), 0);
}

TEST_F(PreviewTest, DrillsAreNotCounted) {
  alert("362018", 4).set_drill("shakeout-2026");
  EXPECT_EQ(json().at("alerts"), 0);
}

TEST_F(PreviewTest, WhatGoesToEverybodyWouldHaveCome) {
  asked_.set_min_level(5);
  alert("131016", 1).set_to_everybody(true);
  EXPECT_EQ(json().at("received"), 1);
}

TEST_F(PreviewTest, AFollowUpComesWithWhatItRefersTo) {
  auto& lift = alert("131016", 0);
  auto& part = *lift.add_routing();
  part.set_sequence(1);
  part.add_area_codes("362018");
  EXPECT_EQ(json().at("received"), 1);
}

TEST_F(PreviewTest, NamesTheLatestAndCountsTheRest) {
  for (int i = 0; i < 30; ++i) alert("362018", 4, "event-" + std::to_string(i));
  for (int i = 30; i < 100; ++i) alert("362018", 4, "event-" + std::to_string(i));
  const auto object = json();
  EXPECT_EQ(object.at("latest").as_array().size(), 20u);
  EXPECT_EQ(object.at("latest").as_array().back().at("sequence"), 100);
  EXPECT_EQ(object.at("events").as_object().size(), 65u);  // and the rest
  EXPECT_EQ(object.at("events").at("…"), 36);
}

}  // namespace
}  // namespace noroshi::admin
