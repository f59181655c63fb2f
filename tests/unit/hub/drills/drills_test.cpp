#include "hub/drills/drills.hpp"

#include <gtest/gtest.h>

#include "hub/registry/registry.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::drills {
namespace {

v1::Entry opened(journal::Sequence sequence, const std::string& id, std::int64_t from_ms,
                 std::int64_t until_ms) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& drill = *entry.mutable_body()->mutable_drill_opened();
  drill.set_id(id);
  drill.set_name("drill");
  drill.add_publishers("362018");
  drill.add_subscribers("tv");
  drill.set_from_ms(from_ms);
  drill.set_until_ms(until_ms);
  return entry;
}

v1::Entry closed(std::int64_t at_ms, const std::string& id) {
  v1::Entry entry;
  entry.set_at_ms(at_ms);
  entry.mutable_body()->mutable_drill_closed()->set_id(id);
  entry.mutable_body()->mutable_drill_closed()->set_reason("done");
  return entry;
}

TEST(Drills, TheClockOpensAndEndsASession) {
  Drills drills;
  drills.apply(opened(3, "a", 1000, 2000));
  const auto* session = drills.find("a");
  ASSERT_NE(session, nullptr);
  EXPECT_EQ(session->opened, 3u);
  EXPECT_EQ(session->channel, testing::drill("a"));
  EXPECT_EQ(session->state_at(999), Session::State::waiting);
  EXPECT_EQ(session->state_at(1000), Session::State::open);
  EXPECT_EQ(session->state_at(1999), Session::State::open);
  EXPECT_EQ(session->state_at(2000), Session::State::over);
  EXPECT_EQ(drills.find("b"), nullptr);
}

TEST(Drills, ClosingEndsItForGoodWhateverTheClockSays) {
  Drills drills;
  drills.apply(closed(1, "a"));
  EXPECT_TRUE(drills.all().empty()) << "nothing to close";
  drills.apply(opened(3, "a", 1000, 2000));
  drills.apply(closed(1500, "a"));
  drills.apply(closed(1600, "a"));
  const auto* session = drills.find("a");
  EXPECT_EQ(session->closed_ms, 1500);
  EXPECT_EQ(session->reason, "done");
  for (const std::int64_t now_ms : {0, 1000, 1499, 1500, 3000})
    EXPECT_EQ(session->state_at(now_ms), Session::State::over) << now_ms;
}

class DrillTokens : public ::testing::Test {
 protected:
  void issue(const std::string& secret, const std::string& drill) {
    v1::Entry entry;
    auto& token = *entry.mutable_body()->mutable_token_issued();
    token.set_kind(v1::TokenIssued::PUBLISHER);
    token.set_id("362018");
    token.set_drill(drill);
    const auto hash = journal::content_hash(secret);
    token.set_token_sha256(hash.data(), hash.size());
    registry_.apply(entry);
  }
  registry::Registry registry_;
};

TEST_F(DrillTokens, StandBesideTheLiveOneAndBesideEachOther) {
  issue("live", "");
  issue("first", "a");
  issue("other", "b");
  EXPECT_EQ(registry_.principal_of("live")->channel, testing::live());
  EXPECT_EQ(registry_.principal_of("first")->channel, testing::drill("a"));
  EXPECT_EQ(registry_.principal_of("other")->channel, testing::drill("b"));
  const auto first = *registry_.principal_of("first");
  issue("second", "a");
  EXPECT_FALSE(registry_.principal_of("first")) << "replaced by the second of its drill";
  EXPECT_FALSE(registry_.current(first, 0));
  for (const auto* secret : {"live", "second", "other"})
    EXPECT_TRUE(registry_.current(*registry_.principal_of(secret), 0)) << secret;
}

TEST_F(DrillTokens, AnAlertOfADrillIsAddressedToWhoTakesPartOnly) {
  for (const auto* id : {"radio", "tv"}) {
    v1::Entry entry;
    entry.set_sequence(1);
    entry.mutable_body()->mutable_subscriber_registered()->set_id(id);
    entry.mutable_body()->mutable_subscriber_registered()->add_areas("*");
    registry_.apply(entry);
  }
  registry_.apply(opened(2, "a", 0, 1000));
  v1::AlertAccepted alert;
  alert.add_routing()->set_sequence(3);
  const auto& subscribers = registry_.subscribers();
  testing::live().mark(alert);
  EXPECT_EQ(registry_.count_addressed(alert, 3), 2u);
  testing::drill("a").mark(alert);
  EXPECT_EQ(registry_.count_addressed(alert, 3), 1u);
  EXPECT_TRUE(registry_.addressed(subscribers.at("tv"), alert, 3));
  EXPECT_FALSE(registry_.addressed(subscribers.at("radio"), alert, 3));
  testing::drill("unknown").mark(alert);
  EXPECT_EQ(registry_.count_addressed(alert, 3), 0u);
}

}  // namespace
}  // namespace noroshi::drills
