#include "hub/delivery/webhook_letters.hpp"

#include <gtest/gtest.h>

#include "hub/delivery/folds.hpp"
#include "hub/journal/reduction.hpp"

namespace noroshi::delivery {
namespace {

using State = WebhookLetters::Letter::State;

// A log as it grows, folded entry by entry and, at any time, from its reduction.
class Log {
 public:
  Sequence add(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    entry.set_at_ms(static_cast<std::int64_t>(1000 * head_));
    *entry.mutable_body() = body;
    folds.apply(entry);
    reduction_.add(entry);
    return head_;
  }
  Sequence register_tv(const std::string& url) {
    v1::EntryBody body;
    auto& tv = *body.mutable_subscriber_registered();
    tv.set_id("tv");
    tv.add_areas("*");
    tv.add_outlets("stream");
    if (!url.empty()) tv.add_outlets("webhook");
    tv.mutable_webhook()->set_url(url);
    return add(body);
  }
  Sequence alert() {
    v1::EntryBody body;
    body.mutable_alert_accepted()->set_channel("live");
    return add(body);
  }
  void attempt(Sequence sequence, std::uint32_t attempts, std::uint32_t status, bool dead,
               std::int64_t next_ms) {
    v1::EntryBody body;
    auto& attempted = *body.mutable_webhooks_attempted()->add_webhooks();
    attempted.set_subscriber("tv");
    attempted.set_channel("live");
    attempted.set_sequence(sequence);
    attempted.set_attempts(attempts);
    attempted.set_status(status);
    attempted.set_dead(dead);
    attempted.set_next_ms(next_ms);
    add(body);
  }
  void acknowledge(const char* outlet, Sequence after, Sequence through) {
    v1::EntryBody body;
    auto& range = *body.mutable_acks_recorded()->add_ranges();
    range.set_subscriber("tv");
    range.set_channel("live");
    range.set_outlet(outlet);
    range.set_after(after);
    range.set_through(through);
    add(body);
  }
  void replay(Sequence sequence) {
    v1::EntryBody body;
    body.mutable_webhook_replayed()->set_subscriber("tv");
    body.mutable_webhook_replayed()->set_channel("live");
    body.mutable_webhook_replayed()->set_sequence(sequence);
    add(body);
  }
  // Ends the log.
  Folds from_reduction() {
    Folds folded;
    EXPECT_TRUE(journal::for_each_reduced(reduction_.take(),
                                          [&](const v1::Entry& entry) { folded.apply(entry); }));
    return folded;
  }

  Folds folds;

 private:
  journal::Reduction reduction_;
  Sequence head_ = 0;
};

Sequence cursor(const Folds& folds) { return folds.cursor("tv", "", Outlet::webhook); }

TEST(WebhookLetters, TheCursorBeginsWhereWebhooksWereAskedForWhateverOtherOutletsDid) {
  Log log;
  log.register_tv("");
  log.alert();
  const auto asked = log.register_tv("https://tv.example.jp/");
  log.register_tv("https://other.example.jp/");
  const auto alert = log.alert();
  log.acknowledge("stream", 0, alert);
  EXPECT_EQ(cursor(log.folds), asked);
  EXPECT_EQ(log.folds.cursor("tv"), alert);
  EXPECT_EQ(cursor(log.from_reduction()), asked);
}

TEST(WebhookLetters, WhatWaitsIsKnownAfterARestartUntilItIsTaken) {
  Log log;
  log.register_tv("https://tv.example.jp/");
  const auto alert = log.alert();
  log.attempt(alert, 3, 500, false, 9000);
  const auto& waiting = log.folds.letters().of("tv").at(alert);
  EXPECT_EQ(waiting.state, State::waiting);
  EXPECT_EQ(waiting.attempts, 3U);
  EXPECT_EQ(waiting.next_ms, 9000);
  log.acknowledge("webhook", alert - 1, alert);
  EXPECT_TRUE(log.folds.letters().of("tv").empty());
  EXPECT_TRUE(log.from_reduction().letters().of("tv").empty());
}

TEST(WebhookLetters, TheCursorGoesPastWhatWasGivenUp) {
  Log log;
  log.register_tv("https://tv.example.jp/");
  const auto dead = log.alert();
  log.attempt(dead, 30, 500, true, 0);
  EXPECT_EQ(cursor(log.folds), dead);
  EXPECT_EQ(log.folds.letters().dead(), 1U);
  const auto later = log.alert();
  log.acknowledge("webhook", dead, later);
  EXPECT_EQ(log.folds.letters().of("tv").at(dead).state, State::dead);
  const auto reduced = log.from_reduction();
  EXPECT_EQ(cursor(reduced), later);
  EXPECT_EQ(reduced.letters().of("tv").at(dead).state, State::dead);
}

TEST(WebhookLetters, WhatIsReplayedWaitsFromTheBeginningUntilItsLastAttempt) {
  Log log;
  log.register_tv("https://tv.example.jp/");
  const auto dead = log.alert();
  const auto later = log.alert();
  log.attempt(dead, 30, 500, true, 0);
  log.acknowledge("webhook", dead, later);
  log.replay(dead);
  EXPECT_EQ(log.folds.letters().of("tv").at(dead).state, State::replayed);
  EXPECT_EQ(log.folds.letters().of("tv").at(dead).attempts, 0U);
  log.attempt(dead, 1, 500, false, 7000);
  EXPECT_EQ(log.folds.letters().of("tv").at(dead).state, State::replayed);
  EXPECT_EQ(log.folds.letters().of("tv").at(dead).next_ms, 7000);
  log.acknowledge("webhook", dead - 1, dead);
  log.attempt(dead, 2, 0, false, 0);
  EXPECT_TRUE(log.folds.letters().of("tv").empty());
  EXPECT_EQ(cursor(log.folds), later);
  EXPECT_TRUE(log.from_reduction().letters().of("tv").empty());
}

TEST(WebhookLetters, OneThatNeverWasDeadIsNotReplayed) {
  Log log;
  log.register_tv("https://tv.example.jp/");
  log.replay(log.alert());
  EXPECT_TRUE(log.folds.letters().of("tv").empty());
}

TEST(WebhookLetters, AnEndpointThatIsGoneStaysSoUntilReplayedOrRegisteredAgain) {
  for (const bool registered : {false, true}) {
    Log log;
    log.register_tv("https://tv.example.jp/");
    const auto alert = log.alert();
    log.attempt(alert, 1, 410, true, 0);
    EXPECT_TRUE(log.folds.letters().is_gone("tv"));
    if (registered)
      log.register_tv("https://tv.example.jp/new");
    else
      log.replay(alert);
    EXPECT_FALSE(log.folds.letters().is_gone("tv"));
  }
}

TEST(WebhookLetters, KeepsABoundedNumberOfTheDead) {
  Log log;
  log.register_tv("https://tv.example.jp/");
  const auto first = log.alert();
  log.attempt(first, 5, 500, true, 0);
  for (std::size_t i = 0; i < WebhookLetters::dead_max; ++i)
    log.attempt(log.alert(), 5, 500, true, 0);
  EXPECT_EQ(log.folds.letters().dead(), WebhookLetters::dead_max);
  EXPECT_FALSE(log.folds.letters().of("tv").contains(first));
}

}  // namespace
}  // namespace noroshi::delivery
