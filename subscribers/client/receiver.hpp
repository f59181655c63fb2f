// Receives what a hub addresses to one subscriber and keeps receiving: connects, resumes, drops
// duplicates, hands on, acknowledges what is stored, and comes back when the hub went away.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "proto/result.hpp"
#include "subscribers/client/fault.hpp"
#include "subscribers/client/hub_clock.hpp"
#include "subscribers/client/hub_order.hpp"
#include "subscribers/client/item.hpp"
#include "subscribers/client/link.hpp"
#include "subscribers/client/listener.hpp"
#include "subscribers/client/outbox.hpp"
#include "subscribers/client/receipt_folder.hpp"
#include "subscribers/client/session.hpp"
#include "subscribers/client/standing_index.hpp"
#include "subscribers/client/store.hpp"
#include "subscribers/client/touch.hpp"

namespace noroshi::subscribers {

struct ReceiverSettings {
  LinkSettings link;
  // Other hubs in their order of preference, for when that one is away (hub_order.hpp): of the same
  // cluster, with the same log, or with a log of their own.
  std::vector<LinkSettings> fallbacks = {};
  std::chrono::milliseconds return_first{60'000};  // how soon a better hub is looked at
  Session::Settings session = {};
  std::uint64_t count_max = std::numeric_limits<std::uint64_t>::max();
  std::chrono::milliseconds backoff_first{500};
  std::chrono::milliseconds backoff_most{30'000};
  std::uint64_t jitter_seed = 0;
  // Where receipts lie until the hub has recorded them; it outlives the receiver. Null: none are
  // sent.
  ReceiptFolder* receipts = nullptr;
  // With `receipts`: whatever the store has settled is reported on air on this medium, and what
  // ended as taken off it (on_air()).
  std::string on_air = {};
  // What stands of what was handed on; it outlives the receiver. The receiver goes on from where
  // it is, not from a later place of `session.position`. An alert that it has from another log is
  // not handed to the store again. Null: nobody keeps it.
  StandingIndex* standing = nullptr;
  std::chrono::milliseconds time_step{1'000};  // how often time may end something
};

// Threading  belongs to the thread that runs its io_context; the store has a thread of its own.
// Lifetime   store and listener outlive it; it outlives the run of the io_context.
class Receiver final : private LinkOwner {
 public:
  Receiver(boost::asio::io_context& context, ReceiverSettings settings, Store& store,
           Listener& listener);
  ~Receiver() override;

  void start();
  // Orderly: the item in the store's hands is finished and acknowledged, the rest is left to the
  // next run. on_ended() follows.
  void stop();
  // What became of an alert on a medium: durable in the folder of `receipts` at once and sent,
  // again and again, until the hub has recorded it. Between on_connected() and on_ended() of the
  // listener, from the loop.
  void report(noroshi::v1::Receipt receipt);

 private:
  void dial();
  void dial_after(std::chrono::milliseconds wait);
  void retry(const Fault& fault);
  void refused(Ending ending, const Fault& fault);
  void look_for_better();
  void go_to_better(std::size_t hub);
  [[nodiscard]] const LinkSettings& link_settings(std::size_t hub) const;
  void begin(const noroshi::v1::Welcome& welcome);
  void hand_over();
  void store_batch(const std::vector<Item>& batch, std::int64_t now_ms);
  Result<void> store_group(std::span<const Item> group, std::int64_t now_ms);
  Result<void> tell(std::span<const Item> stored, std::int64_t now_ms);
  Result<void> announce(const std::vector<Held>& changes);
  Result<void> settle(Position through, std::int64_t now_ms);
  Result<void> pass_time(std::int64_t now_ms);
  void watch_time();
  [[nodiscard]] std::int64_t now_ms() const;
  void stored(Position through, std::uint64_t items);
  void end_if_done();
  void acknowledge();
  Result<void> open_receipts(const noroshi::v1::Welcome& welcome);
  Result<void> keep_receipts(std::vector<Said> receipts);
  void say_receipts();
  void forget_receipt(const std::string& id);
  void end(Ending ending);
  void store_is_idle();
  void hear_time(const noroshi::v1::ServerMessage& message);
  void store_failed(const Error& error);
  void on_up() override;
  void on_message(const noroshi::v1::ServerMessage& message) override;
  void on_batch_end() override;
  void on_down(std::optional<Fault> fault) override;

  boost::asio::io_context& context_;
  ReceiverSettings settings_;
  Store& store_;
  Listener& listener_;
  Session session_;
  Outbox outbox_;
  HubOrder hubs_;
  std::unique_ptr<Touch> touch_;
  std::vector<bool> welcomed_by_;  // which hubs have taken us in this run
  std::optional<std::size_t> welcomed_last_;
  std::optional<Ending> refusal_;  // of the hub whose connection is being closed
  bool moving_ = false;            // to a better hub
  bool dial_when_stored_ = false;
  HubClock hub_clock_;
  boost::asio::steady_timer retry_timer_;
  boost::asio::steady_timer time_timer_;
  boost::asio::steady_timer look_timer_;
  std::unique_ptr<Link> link_;
  std::vector<Item> batch_;
  std::uint64_t handed_over_ = 0;
  std::uint64_t stored_ = 0;
  std::optional<std::chrono::steady_clock::time_point> lost_at_;
  std::optional<Ending> ending_;
  bool been_connected_ = false;
  bool repositioning_ = false;
  bool idle_ = false;  // the store's thread has nothing left; only once ending_ is set
  std::atomic<bool> time_due_ = false;   // the store's thread has yet to see what time ends
  std::atomic<bool> dropping_ = false;   // the store's thread leaves what it has not begun
  boost::asio::thread_pool storing_{1};  // last: its thread ends before anything it uses
};

}  // namespace noroshi::subscribers
