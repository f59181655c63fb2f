// The webhooks of one subscriber in one channel: one alert at a time, in order, each until it is
// taken, passed or given up; and beside them, one at a time too, what was given up and replayed.
//
// Life       attached until it leaves: made by the roster, owned by its shard.
// Bounds     one call; while it waits for its next attempt it holds nothing of the alert, which is
//            offered by the shard again, or passed by then.
// Threading  its shard's thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "hub/delivery/receiver.hpp"
#include "hub/delivery/shard.hpp"
#include "hub/outlets/readings.hpp"
#include "hub/outlets/webhook/message.hpp"
#include "hub/outlets/webhook/retry.hpp"
#include "hub/webhook/calls.hpp"

namespace noroshi::webhook {

using delivery::Sequence;

// What all webhooks work with; outlives them.
struct Works {
  // Makes the call; `answered` runs on any thread and must only post.
  std::function<void(Call, std::function<void(Answer)> answered)> call;
  outlets::Readings& readings;
  journal::JournalThread& journal;
  Style style;
  RetryRules rules;
};

class Webhook : public delivery::Receiver, public std::enable_shared_from_this<Webhook> {
 public:
  Webhook(delivery::Shard& shard, const Works& works, const registry::Principal& subscriber);

  // False when the shard does not have it.
  bool attach();
  // Where it goes from the next call on: at once, if it changed.
  void direct(const v1::WebhookSettings& settings);
  void leave();
  // Whether it has left: another may take its place.
  [[nodiscard]] bool gone() const { return leaving_; }

  [[nodiscard]] delivery::Outlet outlet() const override { return delivery::Outlet::webhook; }
  bool ready() override;
  bool permits(const delivery::Slot& slot) override;
  bool prepared(delivery::Slot& slot) override;
  void deliver(delivery::Slot& slot) override;
  void pass(Sequence sequence, const delivery::Fate& fate) override;
  void probe(Sequence sequence) override;
  void flush() override {}
  std::size_t queued_bytes() const override { return 0; }
  void tick(std::chrono::steady_clock::time_point now) override;
  void goodbye(const std::string& code, const std::string& detail,
               std::chrono::milliseconds retry_after) override;

 private:
  using Steady = std::chrono::steady_clock;
  using Letter = delivery::WebhookLetters::Letter;
  // What is under way, or waits to be tried again.
  struct Pending {
    Sequence sequence = 0;
    enum class Way { in_order, replayed, probe } way = Way::in_order;
    delivery::Form form = delivery::Form::delivered;
    std::int64_t since_ms = 0;  // accepted or replayed
  };

  void resume(Sequence cursor);
  void send_probe();
  [[nodiscard]] bool takes_part() const;
  [[nodiscard]] bool awaits_a_reading(const delivery::Slot& slot) const;
  [[nodiscard]] Facts facts(std::string_view type, Sequence sequence) const;
  void send_alert(const journal::Stored& stored, const wire::Frame& json);
  void send_passed(Sequence sequence, const delivery::Fate& fate);
  void send(const Facts& facts, std::string_view content_type, wire::Frame body);
  void answered(const Answer& answer);
  void taken();
  void failed(const Answer& answer);
  void record(const Answer& answer, std::uint32_t attempts, std::optional<std::int64_t> next_ms);
  void buried(const Pending& dead);
  void next();
  // Whether one was begun.
  bool begin_replay();
  void read_again(Sequence sequence);
  void replay(const journal::StoredPtr& stored);
  void replay_with(const journal::StoredPtr& stored, const wire::Frame& json);
  [[nodiscard]] double chance();

  delivery::Shard& shard_;
  const Works& works_;
  const registry::Principal subscriber_;
  const std::string whose_;
  v1::WebhookSettings settings_;
  Url url_;
  std::optional<Pending> under_way_;
  Sequence probe_ = 0;    // to be sent once nothing else is under way; 0: none
  bool burying_ = false;  // until the log has what was given up
  bool suspect_ = false;
  bool leaving_ = false;
  bool attached_ = false;
  // Of the alert in order that was tried last.
  Sequence tried_ = 0;
  std::uint32_t attempts_ = 0;
  std::int64_t passing_since_ms_ = 0;
  Steady::time_point due_{};
  // Of those replayed: those that have been tried.
  struct Again {
    std::uint32_t attempts = 0;
    Steady::time_point due{};
  };
  std::map<Sequence, Again> replays_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace noroshi::webhook
