#include "hub/journal/reduction.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace noroshi::journal {
namespace {

std::vector<v1::Entry> read(const std::string& reduced) {
  std::vector<v1::Entry> entries;
  EXPECT_TRUE(for_each_reduced(reduced, [&](const v1::Entry& entry) { entries.push_back(entry); }));
  return entries;
}

v1::Entry entry(Sequence sequence) {
  v1::Entry made;
  made.set_sequence(sequence);
  made.set_at_ms(static_cast<std::int64_t>(1000 * sequence));
  return made;
}

TEST(Reduction, KeepsWhatItDoesNotKnowWhole) {
  auto registered = entry(7);
  registered.mutable_body()->mutable_subscriber_registered()->set_id("tv");
  registered.mutable_body()->mutable_subscriber_registered()->set_name("Television");
  Reduction reduction;
  reduction.add(registered);
  const auto entries = read(reduction.take());
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].SerializeAsString(), registered.SerializeAsString());
}

TEST(Reduction, EndsAtItsLastEntryWhateverThatIs) {
  Reduction reduction;
  auto refused = entry(9);
  refused.mutable_body()->mutable_alert_refused()->set_publisher("362018");
  reduction.add(refused);
  EXPECT_EQ(reduction.entries(), 1u);
  EXPECT_EQ(reduction.through(), 9u);
  const auto entries = read(reduction.take());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].sequence(), 9u);
  EXPECT_EQ(reduction.entries(), 0u);
}

TEST(Reduction, KeepsOfAcknowledgementsTheHighestOfEachSubscriber) {
  Reduction reduction;
  for (const auto& [sequence, through] : {std::pair{5u, 4u}, {6u, 3u}}) {
    auto acks = entry(sequence);
    for (const auto* subscriber : {"tv", "radio"}) {
      auto& range = *acks.mutable_body()->mutable_acks_recorded()->add_ranges();
      range.set_subscriber(subscriber);
      range.set_through(through);
    }
    reduction.add(acks);
  }
  const auto entries = read(reduction.take());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].sequence(), 6u);
  ASSERT_EQ(entries[0].body().acks_recorded().ranges_size(), 2);
  for (const auto& range : entries[0].body().acks_recorded().ranges())
    EXPECT_EQ(range.through(), 4u);
}

TEST(Reduction, KeepsTheChannelsOfOneSubscriberApart) {
  Reduction reduction;
  auto acks = entry(5);
  for (const auto& [channel, through] : {std::pair{"live", 4u}, {"drill:a", 3u}, {"live", 2u}}) {
    auto& range = *acks.mutable_body()->mutable_acks_recorded()->add_ranges();
    range.set_subscriber("tv");
    range.set_channel(channel);
    range.set_through(through);
  }
  reduction.add(acks);
  const auto entries = read(reduction.take());
  const auto& ranges = entries.at(0).body().acks_recorded().ranges();
  ASSERT_EQ(ranges.size(), 2);
  for (const auto& range : ranges)
    EXPECT_EQ(range.through(), range.channel() == "live" ? 4u : 3u) << range.channel();
}

TEST(Reduction, KeepsTheOutletsOfOneSubscriberApartAndNoReceipts) {
  Reduction reduction;
  auto acks = entry(5);
  for (const auto& [outlet, through] : {std::pair{"stream", 4u}, {"events", 3u}, {"stream", 2u}}) {
    auto& range = *acks.mutable_body()->mutable_acks_recorded()->add_ranges();
    range.set_subscriber("tv");
    range.set_channel("live");
    range.set_outlet(outlet);
    range.set_through(through);
  }
  reduction.add(acks);
  auto receipts = entry(6);
  receipts.mutable_body()->mutable_receipts_recorded()->add_alerts()->set_sequence(3);
  reduction.add(receipts);
  const auto entries = read(reduction.take());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].sequence(), 6u);
  const auto& ranges = entries[0].body().acks_recorded().ranges();
  ASSERT_EQ(ranges.size(), 2);
  for (const auto& range : ranges)
    EXPECT_EQ(range.through(), range.outlet() == "stream" ? 4u : 3u) << range.outlet();
}

TEST(Reduction, CutShortIsToldFromOneThatIsWhole) {
  Reduction reduction;
  auto opened = entry(1);
  opened.mutable_body()->mutable_log_opened()->set_epoch(4242);
  reduction.add(opened);
  const auto whole = reduction.take();
  std::size_t wrong = 0;
  for (std::size_t size = 1; size < whole.size(); ++size)
    if (!for_each_reduced(whole.substr(0, size), [](const v1::Entry&) {})) ++wrong;
  // Where the first entry ends, and nowhere else, the bytes are well formed.
  EXPECT_EQ(wrong, whole.size() - 2);
}

}  // namespace
}  // namespace noroshi::journal
