// One thread of fan-out: the connected subscribers that belong to it, and how each is fed.
//
// A subscriber is a position in the log and a window. Behind the ring it is fed from ranges read
// from the journal, inside it from shared frames; what is not addressed to it is stepped over. A
// subscriber that does not take what it is sent costs its window and its queue, and nobody else.
//
// Each channel has a ring of its own: a drill's alerts never lie where live streams are fed from,
// and cost them nothing. A subscriber may be attached once in each channel.
//
// Threading  everything runs on the shard's own thread, except the constructor, start(), stop(),
//            post(), entries() and gauges(), which any thread may call.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/delivery/ack_log.hpp"
#include "hub/delivery/attempt_log.hpp"
#include "hub/delivery/catch_up.hpp"
#include "hub/delivery/folds.hpp"
#include "hub/delivery/gauges.hpp"
#include "hub/delivery/member.hpp"
#include "hub/delivery/probing.hpp"
#include "hub/delivery/receipt_log.hpp"
#include "hub/delivery/receiver.hpp"
#include "hub/delivery/ring.hpp"

namespace noroshi::delivery {

// How one connected subscriber stands, for the operator.
struct SubscriberState {
  std::string subscriber;
  Sequence position = 0;
  Sequence acknowledged = 0;
  std::size_t outstanding = 0;
  enum class Condition { live, lagging, stalled } condition = Condition::live;
};

class Shard {
 public:
  // `folds` as of the journal's head when following began.
  Shard(journal::JournalThread& journal, const Folds& folds, std::uint64_t epoch,
        std::string environment, std::size_t ring_bytes_max, journal::WallClock clock);
  ~Shard();

  // Who holds more than this log has, and how much.
  using RolledBack = std::function<void(const registry::Principal&, const std::string& detail)>;
  // Before start(); `tell` is called on this shard's thread.
  void on_rolled_back(RolledBack tell) { rolled_back_ = std::move(tell); }
  void start();
  // Acknowledgements are flushed and every receiver is told Goodbye `stopping`; returns when all
  // have gone, at the latest after `limit`.
  void stop(std::chrono::milliseconds limit);
  template <class Task>
  void post(Task&& task) {
    boost::asio::post(context_, std::forward<Task>(task));
  }
  void entries(const journal::Batch& batch);
  // Before start(): `take` is given what became of each probe, on the shard's thread.
  void report_probes_to(std::function<void(ProbeReport)> take) { probes_to_ = std::move(take); }

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] const ShardGauges& gauges() const { return gauges_; }

  // --- on the shard's thread ---

  // A receiver lives from welcome() to farewell(), attached or not yet.
  void welcome(std::shared_ptr<Receiver> receiver);
  void farewell(const Receiver& receiver);

  struct Resume {
    std::optional<std::uint64_t> epoch;
    std::optional<Sequence> after;
    std::size_t window = 0;
    // It goes on behind this and no earlier; what it has not acknowledged before stays so.
    Sequence not_before = 0;
  };
  struct Attached {
    Sequence cursor;
    Sequence last_alert;   // of its channel
    std::string language;  // see registry::Subscriber
  };
  // The newest connection of a subscriber in a channel wins: an older one is told `replaced`.
  // Refused when `resume` is beyond the head (ErrorCode::conflict: the log was rolled back), the
  // subscriber is suspended (ErrorCode::refused) or its drill is not open (ErrorCode::closed).
  // Nothing is sent before feed().
  Result<Attached> attach(const registry::Principal& subscriber, Receiver& receiver,
                          const Resume& resume);
  void detach(const Receiver& receiver);
  void feed(const Receiver& receiver);
  Result<void> acknowledge(const Receiver& receiver, Sequence through);
  // The same by another way than its connection, which may be gone: then what that was sent and
  // told still counts.
  Result<void> acknowledge(const registry::Principal& subscriber, Outlet outlet, Sequence through);
  // What `subscriber` reports of an alert of its channel that it was sent. `answer` follows on this
  // thread.
  void report(const registry::Principal& subscriber, Outlet outlet, const v1::Receipt& said,
              ReceiptAnswer answer);
  // For outlets that are asked and not fed. What a peer shows by its request that it holds:
  // everything addressed to it in (after, through]. It is acknowledged where nothing is missing
  // before it; what is beyond the channel's last alert is not. Returns where the cursor stands.
  struct Held {
    Sequence after;
    Sequence through;
  };
  Sequence holds(const registry::Principal& subscriber, Outlet outlet, std::span<const Held> pages);
  // What such a peer has been given, newest or oldest first: it may acknowledge that.
  using ServedAlert = std::pair<Sequence, Form>;
  void served(const registry::Principal& subscriber, Outlet outlet,
              std::span<const ServedAlert> alerts);
  // How a webhook went that was not taken; `recorded` follows on this thread once it is durable.
  void attempted(const v1::WebhookAttempts& attempts, std::function<void()> recorded);
  // What the receiver was sent and has not acknowledged is offered again at the next feed: the
  // same, or a Passed in its place by then.
  void send_again(const Receiver& receiver);
  // Nothing up to `through`, which was sent, is sent again, though nobody took it. The log says so
  // already.
  static void give_up(const Receiver& receiver, Sequence through);
  // `sequence`, which had been given up, was taken after all.
  void taken_late(const registry::Principal& subscriber, Outlet outlet, Sequence sequence,
                  Form form);
  // Whether it gets nothing more before it acknowledges something.
  [[nodiscard]] static bool window_full(const Receiver& receiver);
  // Where `through` of a heartbeat stands; what is told may be acknowledged.
  [[nodiscard]] Sequence tell_through(const Receiver& receiver);
  // The last alert of the receiver's channel.
  [[nodiscard]] Sequence last_alert(const Receiver& receiver) const;

  // A form of an alert that was made on another thread: kept with the alert while that is, and
  // everybody who waits for it is fed.
  void encoded(Sequence sequence, Encoding encoding, const wire::Frame& frame);

  // A receiver has told its peer Goodbye, with one of goodbye_codes.
  void said_goodbye(std::string_view code);

  [[nodiscard]] const Folds& folds() const { return folds_; }
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
  [[nodiscard]] const std::string& environment() const { return environment_; }
  [[nodiscard]] std::int64_t now_ms() const { return clock_(); }
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] std::vector<SubscriberState> states(const drills::Channel& channel) const;

 private:
  void add_tracks(Sequence base);
  void decline(const ReceiptAnswer& answer, std::string code, std::string detail);
  void apply(const journal::StoredPtr& stored);
  [[nodiscard]] bool over(const Track& track) const;
  void end_drills();
  void dismiss_unwelcome(const v1::EntryBody& body);
  void dismiss_if_unwelcome(const Member& member);
  static Member* member_of(const Receiver& receiver) { return receiver.member_; }
  AckLog::Account& account_of(const registry::Principal& subscriber, Outlet outlet);
  void feed(Member& member);
  Slot* next_alert(Member& member);
  bool offer(Member& member, Slot& slot);
  static void keep(Slot* slot, Encoding encoding, const wire::Frame& frame);
  struct Reported {
    Receipt receipt;
    ReceiptAnswer answer;
  };
  void check(Reported reported);
  void check_later(Reported reported);
  void check_unread();
  bool addressed(const Receipt& receipt, Slot& slot) const;
  [[nodiscard]] Sequence reached(const Receipt& receipt, Lane lane) const;
  void begin_probe(Sequence probe, const v1::ProbeStarted& started);
  void expect_probes(Member& member);
  static void tell_probe(Member& member);
  void note_probe_answer(const Member& member, Sequence through);
  void note_departure(const Member& member);
  void look_after_probes();
  void sweep();
  void sweep_on();
  void feed_within(Sequence after, Sequence through);
  void count_connected();
  void take_stock();
  void tick();
  void flush_acks();
  [[nodiscard]] SubscriberState::Condition condition(const Member& member) const;
  void begin_stop();
  void await_departures(const std::shared_ptr<std::promise<void>>& gone);

  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
  Folds folds_;
  std::uint64_t epoch_;
  std::string environment_;
  journal::WallClock clock_;
  std::size_t ring_bytes_max_;
  std::vector<std::unique_ptr<Track>> tracks_;  // by lane
  CatchUp catch_up_;
  AckLog ack_log_;
  ReceiptLog receipt_log_;
  AttemptLog attempt_log_;
  std::vector<Reported> unread_;  // whose alerts have to be read from the log
  Probing probing_;
  std::function<void(ProbeReport)> probes_to_;
  boost::asio::steady_timer probe_timer_;
  boost::asio::steady_timer tick_timer_;
  boost::asio::steady_timer flush_timer_;
  boost::asio::steady_timer departure_timer_;
  std::unordered_map<const Receiver*, std::shared_ptr<Receiver>> guests_;
  std::unordered_map<const Receiver*, std::unique_ptr<Member>> members_;
  std::vector<Member*> sweep_;  // null: gone since the round began
  std::size_t swept_ = 0;
  bool sweep_posted_ = false;
  bool sweep_again_ = false;
  bool stopping_ = false;
  ShardGauges gauges_;
  RolledBack rolled_back_;
};

}  // namespace noroshi::delivery
