#include "hub/alarms/troubles.hpp"

#include <gtest/gtest.h>

namespace noroshi::alarms {
namespace {

v1::Entry attempted(journal::Sequence alert, bool dead) {
  v1::Entry entry;
  auto& tried = *entry.mutable_body()->mutable_webhooks_attempted()->add_webhooks();
  tried.set_subscriber("portal");
  tried.set_channel("live");
  tried.set_sequence(alert);
  tried.set_detail("410 Gone");
  tried.set_dead(dead);
  return entry;
}

v1::Entry replayed(journal::Sequence alert) {
  v1::Entry entry;
  auto& again = *entry.mutable_body()->mutable_webhook_replayed();
  again.set_subscriber("portal");
  again.set_channel("live");
  again.set_sequence(alert);
  return entry;
}

TEST(DeadWebhooks, AreTroubleUntilAllAreReplayed) {
  DeadWebhooks dead;
  dead.apply(attempted(7, false));
  EXPECT_TRUE(dead.troubles().empty());
  dead.apply(attempted(7, true));
  dead.apply(attempted(9, true));
  const auto troubles = dead.troubles();
  ASSERT_EQ(troubles.size(), 1u);
  const auto& raised = troubles.at("webhook.dead:portal");
  EXPECT_EQ(raised.sequence(), 7u);
  EXPECT_EQ(raised.subscribers(0), "portal");
  EXPECT_EQ(raised.detail(), "410 Gone");
  dead.apply(replayed(7));
  EXPECT_EQ(dead.troubles().size(), 1u);
  dead.apply(replayed(9));
  EXPECT_TRUE(dead.troubles().empty());
}

// Of more than are kept for a replay, those that are kept count: the others cannot be replayed.
TEST(DeadWebhooks, TooManyAreNoTroubleForEver) {
  DeadWebhooks dead;
  constexpr journal::Sequence last = 3 * DeadWebhooks::kept_max;
  for (journal::Sequence alert = 1; alert <= last; ++alert) dead.apply(attempted(alert, true));
  EXPECT_EQ(dead.troubles().at("webhook.dead:portal").sequence(),
            last - DeadWebhooks::kept_max + 1);
  for (journal::Sequence alert = last - DeadWebhooks::kept_max + 1; alert <= last; ++alert) {
    EXPECT_FALSE(dead.troubles().empty());
    dead.apply(replayed(alert));
  }
  EXPECT_TRUE(dead.troubles().empty());
}

TEST(DeadWebhooks, WhoTakesNoneAnyMoreIsNoTrouble) {
  DeadWebhooks dead;
  dead.apply(attempted(7, true));
  v1::Entry entry;
  auto& portal = *entry.mutable_body()->mutable_subscriber_registered();
  portal.set_id("portal");
  portal.add_outlets("webhook");
  portal.mutable_webhook()->set_url("https://portal.example.jp/");
  dead.apply(entry);
  EXPECT_FALSE(dead.troubles().empty());
  portal.set_outlets(0, "stream");
  dead.apply(entry);
  EXPECT_TRUE(dead.troubles().empty());
}

v1::Entry started(journal::Sequence sequence, const std::string& subscriber) {
  v1::Entry entry;
  entry.set_sequence(sequence);
  auto& probe = *entry.mutable_body()->mutable_probe_started();
  if (!subscriber.empty()) probe.add_subscribers(subscriber);
  return entry;
}

v1::Entry finished(journal::Sequence probe, bool arrived) {
  v1::Entry entry;
  auto& over = *entry.mutable_body()->mutable_probe_finished();
  over.set_probe(probe);
  auto& step = *over.add_steps();
  step.set_subscriber("tv");
  step.set_outlet("stream");
  step.set_detail("no acknowledgement");
  step.set_arrived(arrived);
  return entry;
}

TEST(FailedProbes, StandUntilTheNextOfTheSameArrives) {
  FailedProbes probes;
  probes.apply(started(3, ""));
  probes.apply(finished(3, false));
  ASSERT_EQ(probes.troubles().size(), 1u);
  EXPECT_EQ(probes.troubles().at("probe").detail(), "stream no acknowledgement");
  EXPECT_EQ(probes.troubles().at("probe").subscribers(0), "tv");
  probes.apply(started(5, "radio"));
  probes.apply(finished(5, true));
  EXPECT_EQ(probes.troubles().size(), 1u);
  probes.apply(started(7, ""));
  probes.apply(finished(7, true));
  EXPECT_TRUE(probes.troubles().empty());
}

TEST(FailedProbes, OneThatNobodyStartedChangesNothing) {
  FailedProbes probes;
  probes.apply(finished(3, false));
  EXPECT_TRUE(probes.troubles().empty());
}

}  // namespace
}  // namespace noroshi::alarms
