#include "hub/outlets/webhook/webhook.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <mutex>

#include "tests/unit/hub/delivery/running_shard.hpp"

namespace noroshi::webhook {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 20s;

// An endpoint that answers when the test says so.
class Endpoint {
 public:
  struct Called {
    Call call;
    std::function<void(Answer)> answer;
  };
  void call(Call call, std::function<void(Answer)> answer) {
    const std::lock_guard lock(mutex_);
    called_.push_back({std::move(call), std::move(answer)});
    wake_.notify_all();
  }
  Called next() {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(wake_.wait_for(lock, patience, [&] { return !called_.empty(); }));
    auto first = std::move(called_.front());
    called_.pop_front();
    return first;
  }
  bool idle() {
    const std::lock_guard lock(mutex_);
    return called_.empty();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Called> called_;
};

class WebhookTest : public ::testing::Test, public delivery::testing::RunningShard {
 protected:
  void SetUp() override {
    begin(1 << 20);
    register_tv("https://tv.example.jp/");
    works_ = std::make_unique<Works>(
        Works{[this](Call call, auto answer) { endpoint_.call(std::move(call), answer); },
              readings_,
              *journal_,
              {[](const auto& stored, auto) { return std::to_string(stored.sequence); },
               [](std::int64_t ms) { return std::to_string(ms); }},
              {1ms, 1ms, 1h, 3}});
    open();
  }
  void TearDown() override {
    readings_.stop();
    end();
  }

  void register_tv(const std::string& url) {
    v1::EntryBody body;
    auto& tv = *body.mutable_subscriber_registered();
    tv.set_id("tv");
    tv.add_areas("36");
    tv.add_outlets("webhook");
    tv.mutable_webhook()->set_url(url);
    tv.mutable_webhook()->set_payload(v1::WebhookSettings::CAP);
    append(body);
  }

  void open() {
    webhook_ = on_shard([this](delivery::Shard& shard) {
      const auto* tv = shard.folds().registry().subscriber("tv");
      auto webhook = std::make_shared<Webhook>(shard, *works_, registry::Registry::called(*tv));
      webhook->direct(tv->webhook);
      shard.welcome(webhook);
      EXPECT_TRUE(webhook->attach());
      return webhook;
    });
  }

  Sequence cursor() {
    return on_shard([](delivery::Shard& shard) {
      return shard.folds().cursor("tv", "", delivery::Outlet::webhook);
    });
  }
  delivery::WebhookLetters::Letters letters() {
    return on_shard([](delivery::Shard& shard) { return shard.folds().letters().of("tv"); });
  }
  template <class Condition>
  void wait_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::yield();
    }
  }
  static std::string id(Sequence sequence) { return "7-" + std::to_string(sequence); }

  Sequence cancel(Sequence alert) {
    v1::EntryBody body;
    auto& accepted = *body.mutable_alert_accepted();
    accepted.set_publisher("relay");
    drills::testing::live().mark(accepted);
    accepted.mutable_summary()->set_status("Actual");
    accepted.set_credential(admission::credential_of("relay"));
    const auto content = std::make_shared<const std::string>("cancel");
    const auto hash = journal::content_hash(*content);
    accepted.set_content_sha256(hash.data(), hash.size());
    accepted.mutable_summary()->set_identifier("cancel");
    accepted.mutable_summary()->set_message_type("Cancel");
    accepted.add_references()->set_identifier(std::to_string(published_));
    accepted.mutable_summary()->add_referenced_sequences(alert);
    accepted.add_routing()->add_area_codes("362018");
    return append(body, content);
  }

  outlets::Readings readings_;
  Endpoint endpoint_;
  std::unique_ptr<Works> works_;
  std::shared_ptr<Webhook> webhook_;
};

TEST_F(WebhookTest, CallsInOrderOneAtATimeAndRecordsWhatWasTaken) {
  const auto first = publish();
  const auto second = publish();
  const auto one = endpoint_.next();
  EXPECT_EQ(one.call.id, id(first));
  EXPECT_EQ(*one.call.body, "1");
  EXPECT_FALSE(one.call.suspect);
  on_shard([](delivery::Shard&) { return 0; });
  EXPECT_TRUE(endpoint_.idle());
  one.answer({204, "", {}});
  const auto two = endpoint_.next();
  EXPECT_EQ(two.call.id, id(second));
  two.answer({200, "", {}});
  wait_until([&] { return cursor() == second; });
  EXPECT_TRUE(letters().empty());
}

TEST_F(WebhookTest, TriesAgainUnderTheSameIdAndRemembersInTheLog) {
  const auto alert = publish();
  for (std::uint32_t attempts = 1; attempts <= 4; ++attempts) {
    const auto call = endpoint_.next();
    EXPECT_EQ(call.call.id, id(alert));
    EXPECT_EQ(call.call.suspect, attempts > 1);
    call.answer({503, "busy", {}});
    wait_until([&] {
      const auto all = letters();
      return !all.empty() && all.begin()->second.attempts == attempts;
    });
  }
  endpoint_.next().answer({200, "", {}});
  wait_until([&] { return cursor() == alert; });
  EXPECT_TRUE(letters().empty());
}

TEST_F(WebhookTest, AfterItsTimeItIsDeadAndTheNextComes) {
  works_->rules.give_up_after = 0ms;
  const auto first = publish();
  const auto second = publish();
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto call = endpoint_.next();
    EXPECT_EQ(call.call.id, id(first));
    call.answer({0, "no connection", {}});
  }
  const auto next = endpoint_.next();
  EXPECT_EQ(next.call.id, id(second));
  EXPECT_EQ(cursor(), first);
  EXPECT_EQ(letters().at(first).detail, "no connection");
  next.answer({200, "", {}});
  wait_until([&] { return cursor() == second; });
}

TEST_F(WebhookTest, WhatIsReplayedIsCalledAgainAndRecorded) {
  works_->rules = {1ms, 1ms, 0ms, 1};
  const auto alert = publish();
  endpoint_.next().answer({500, "", {}});
  wait_until([&] { return letters().contains(alert); });
  v1::EntryBody body;
  body.mutable_webhook_replayed()->set_subscriber("tv");
  drills::testing::live().mark(*body.mutable_webhook_replayed());
  body.mutable_webhook_replayed()->set_sequence(alert);
  append(body);
  const auto call = endpoint_.next();
  EXPECT_EQ(call.call.id, id(alert));
  call.answer({200, "", {}});
  wait_until([&] { return letters().empty(); });
  EXPECT_EQ(cursor(), alert);
}

TEST_F(WebhookTest, GoneIsDeadAtOnceAndNothingIsCalledUntilItIsRegisteredAgain) {
  const auto first = publish();
  const auto second = publish();
  endpoint_.next().answer({410, "", {}});
  wait_until([&] { return letters().contains(first); });
  on_shard([](delivery::Shard&) { return 0; });
  EXPECT_TRUE(endpoint_.idle());
  register_tv("https://tv.example.jp/");
  EXPECT_EQ(endpoint_.next().call.id, id(second));
}

TEST_F(WebhookTest, WhatIsCancelledMeanwhileIsPassed) {
  const auto alert = publish();
  const auto call = endpoint_.next();
  const auto cancelled = cancel(alert);
  call.answer({500, "", {}});
  const auto passed = endpoint_.next();
  EXPECT_EQ(passed.call.id, id(alert) + "-passed");
  EXPECT_NE(passed.call.body->find(R"("reason":"cancelled")"), std::string::npos);
  passed.answer({200, "", {}});
  EXPECT_EQ(endpoint_.next().call.id, id(cancelled));
}

TEST_F(WebhookTest, WhatWasNotAnsweredComesAgainToTheNext) {
  const auto alert = publish();
  const auto lost = endpoint_.next();
  on_shard([this](delivery::Shard&) {
    webhook_->leave();
    return 0;
  });
  open();
  const auto again = endpoint_.next();
  EXPECT_EQ(again.call.id, id(alert));
  lost.answer({200, "", {}});
  again.answer({200, "", {}});
  wait_until([&] { return cursor() == alert; });
}

}  // namespace
}  // namespace noroshi::webhook
