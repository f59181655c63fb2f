// A shard over a log in memory, with one publisher and the subscriber `tv` to prefecture 36.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hub/admission/alert_judge.hpp"
#include "hub/delivery/fanout.hpp"
#include "tests/unit/hub/admission/credential.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::delivery::testing {

class RunningShard {
 public:
  static constexpr std::uint64_t epoch = 7;

  // A ring of almost nothing, so that whoever is behind is fed from the journal.
  void begin(std::size_t ring_bytes_max = 1) {
    journal_ = std::make_unique<journal::JournalThread>(
        journal::open_memory(epoch, "demo", judge_, [] { return std::int64_t{1000}; }),
        journal::QueueBounds{}, [](const Error&) { FAIL(); });
    fanout_ = std::make_unique<Fanout>(1, *journal_, folds_, epoch, "demo", ring_bytes_max,
                                       [this] { return now_ms_.load(); });
    fanout_->start();
    journal_->start();
    v1::EntryBody publisher;
    publisher.mutable_publisher_registered()->set_code("relay");
    publisher.mutable_publisher_registered()->add_senders("*");
    publisher.mutable_publisher_registered()->add_areas("*");
    append(publisher);
    append(admission::token_of("relay"));
    v1::EntryBody subscriber;
    subscriber.mutable_subscriber_registered()->set_id("tv");
    subscriber.mutable_subscriber_registered()->add_areas("36");
    append(subscriber);
    issue("token");
  }

  void end() {
    fanout_->stop(std::chrono::seconds(5));
    journal_->stop();
  }

  void issue(const std::string& secret) {
    v1::EntryBody body;
    auto& token = *body.mutable_token_issued();
    token.set_kind(v1::TokenIssued::SUBSCRIBER);
    token.set_id("tv");
    const auto hash = journal::content_hash(secret);
    token.set_token_sha256(hash.data(), hash.size());
    append(body);
    credential_ = principal(secret).credential;
  }

  // Who has the token that was issued with `secret` to `id` for `drill`.
  static registry::Principal principal(const std::string& secret, const std::string& id = "tv",
                                       const std::string& drill = "") {
    v1::Entry entry;
    auto& token = *entry.mutable_body()->mutable_token_issued();
    token.set_kind(v1::TokenIssued::SUBSCRIBER);
    token.set_id(id);
    token.set_drill(drill);
    const auto hash = journal::content_hash(secret);
    token.set_token_sha256(hash.data(), hash.size());
    registry::Registry registry;
    registry.apply(entry);
    return *registry.principal_of(secret);
  }
  [[nodiscard]] registry::Principal principal() const {
    return {registry::Principal::Kind::subscriber, "tv", credential_, drills::testing::live()};
  }

  Sequence append(const v1::EntryBody& body, std::shared_ptr<const std::string> content = nullptr) {
    std::promise<Sequence> appended;
    EXPECT_TRUE(
        journal_->submit({body, std::nullopt, std::move(content)}, [&](const auto& outcome) {
          const auto* committed = std::get_if<journal::Committed>(&outcome);
          appended.set_value(committed == nullptr ? 0 : committed->stored->sequence);
        }));
    return appended.get_future().get();
  }

  // A session of relay and tv until 2000, each with a token for it; tv's.
  registry::Principal open_drill(const std::string& id) {
    v1::EntryBody session;
    session.mutable_drill_opened()->set_id(id);
    session.mutable_drill_opened()->add_publishers("relay");
    session.mutable_drill_opened()->add_subscribers("tv");
    session.mutable_drill_opened()->set_until_ms(2000);
    append(session);
    v1::EntryBody body;
    auto& token = *body.mutable_token_issued();
    token.set_kind(v1::TokenIssued::SUBSCRIBER);
    token.set_id("tv");
    token.set_drill(id);
    const auto hash = journal::content_hash("token of " + id);
    token.set_token_sha256(hash.data(), hash.size());
    append(body);
    auto relay = admission::token_of(drills::qualified(id, "relay"));
    relay.mutable_token_issued()->set_id("relay");
    relay.mutable_token_issued()->set_drill(id);
    append(relay);
    return principal("token of " + id, "tv", id);
  }

  Sequence publish(const std::string& code = "362018", std::size_t padding = 0,
                   const drills::Channel& channel = drills::testing::live()) {
    v1::EntryBody body;
    auto& alert = *body.mutable_alert_accepted();
    const auto content = std::make_shared<const std::string>(std::to_string(++published_) +
                                                             std::string(padding, 'x'));
    const auto hash = journal::content_hash(*content);
    alert.set_publisher("relay");
    channel.mark(alert);
    alert.mutable_summary()->set_status(channel.live() ? "Actual" : "Exercise");
    alert.set_credential(admission::credential_of(drills::qualified(channel.drill(), "relay")));
    alert.set_content_sha256(hash.data(), hash.size());
    alert.mutable_summary()->set_identifier(std::to_string(published_));
    alert.mutable_summary()->set_message_type("Alert");
    alert.add_routing()->add_area_codes(code);
    return append(body, content);
  }

  // Of one code of the contract, so far.
  [[nodiscard]] std::uint64_t goodbyes(std::string_view code) const {
    const auto place = std::find(goodbye_codes.begin(), goodbye_codes.end(), code);
    return fanout_->totals().goodbyes.at(static_cast<std::size_t>(place - goodbye_codes.begin()));
  }

  // Runs on the shard's thread, after everything posted to it so far.
  template <class Task>
  auto on_shard(Task task) {
    auto& shard = fanout_->shard_of("tv");
    std::promise<decltype(task(shard))> done;
    auto result = done.get_future();
    shard.post([&] { done.set_value(task(shard)); });
    return result.get();
  }

  admission::AlertJudge judge_;
  Folds folds_;
  std::unique_ptr<journal::JournalThread> journal_;
  std::unique_ptr<Fanout> fanout_;
  std::string credential_;
  int published_ = 0;
  std::atomic<std::int64_t> now_ms_{1000};  // as the shard sees it
};

}  // namespace noroshi::delivery::testing
