#include "hub/outlets/feed_heartbeat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/cap/validate.hpp"

namespace noroshi::outlets {
namespace {

using ::testing::IsEmpty;

RecentAlert alert(journal::Sequence sequence) {
  v1::AlertAccepted accepted;
  accepted.mutable_summary()->set_sender("city.example");
  accepted.mutable_summary()->set_identifier("a" + std::to_string(sequence));
  accepted.set_sent("2026-11-22T03:00:00+09:00");
  return recent_alert(sequence, accepted);
}

TEST(FeedHeartbeat, TheLastTenAreRememberedEachOnceAndInOrder) {
  std::deque<RecentAlert> recent;
  for (const journal::Sequence sequence : {3U, 1U, 2U, 3U, 1U}) remember(recent, alert(sequence));
  ASSERT_EQ(recent.size(), 3U);
  for (journal::Sequence sequence = 4; sequence <= 20; ++sequence)
    remember(recent, alert(sequence));
  ASSERT_EQ(recent.size(), recent_alerts_max);
  EXPECT_EQ(recent.front().sequence, 11U);
  EXPECT_EQ(recent.back().sequence, 20U);
  remember(recent, alert(5));  // older than all that are kept
  EXPECT_EQ(recent.front().sequence, 11U);
}

TEST(FeedHeartbeat, ItIsACapDocumentThatBreaksNoRule) {
  constexpr std::int64_t now_ms = 1'795'316'400'123;  // 2026-11-22T03:00:00.123 in Japan
  for (std::size_t earlier : {0U, 1U, 10U}) {
    std::deque<RecentAlert> recent;
    for (journal::Sequence sequence = 1; sequence <= earlier; ++sequence)
      remember(recent, alert(sequence));
    const auto text = feed_heartbeat("noroshi@hub.example.jp", 7, 42, now_ms, recent);
    const auto read = cap::validate(text, std::nullopt, now_ms);
    ASSERT_TRUE(read.alert) << text;
    EXPECT_THAT(read.findings, IsEmpty()) << text;
    EXPECT_EQ(read.alert->identifier, "noroshi-heartbeat-7-42-" + std::to_string(now_ms));
    EXPECT_EQ(read.alert->status, "System");
    const auto named = cap::references(*read.alert);
    ASSERT_EQ(named.size(), earlier);
    if (earlier > 0) {
      EXPECT_EQ(named.back().identifier, "a" + std::to_string(earlier));
    }
  }
}

}  // namespace
}  // namespace noroshi::outlets
