// The TCP feed, in the manner of Canada's NAADS: the accepted bytes of each alert back to back on
// one TLS connection, and between them heartbeats (feed_heartbeat.hpp). It has no way back: POST
// /v1/receipts acknowledges (contract, "TCP feed"). Live only.
//
// Life       attached → leaving. Made by open(), owned by its shard until its connection has
//            closed. It ends without a word: the form has none.
// Bounds     what is queued for the peer at most `queue_bytes_max` and one alert; 4096 alerts
//            without an acknowledgement, or 45 s without taking a byte (blocked) ends it, and the
//            peer comes again. What the peer says is read over.
// Threading  its shard's thread.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "hub/delivery/receiver.hpp"
#include "hub/delivery/shard.hpp"
#include "hub/outlets/feed_heartbeat.hpp"
#include "proto/wire/connection.hpp"

namespace noroshi::outlets {

struct TcpFeedTerms {
  std::string sender;  // of the heartbeats
  std::chrono::seconds heartbeat_every{60};
};

// Where a connection begins: nothing before it is sent once more, and the last alerts up to there,
// ascending, are named in its heartbeats.
struct TcpFeedStart {
  delivery::Sequence not_before = 0;
  std::deque<RecentAlert> recent = {};
};

class TcpFeed : public delivery::Receiver,
                public wire::ConnectionHandler,
                public std::enable_shared_from_this<TcpFeed> {
 public:
  // From any thread: takes over a connection on which nothing has been said yet.
  static void open(delivery::Shard& shard, wire::Connection::Handoff handoff,
                   const registry::Principal& subscriber, const TcpFeedTerms& terms,
                   TcpFeedStart start);

  TcpFeed(delivery::Shard& shard, std::shared_ptr<wire::Connection> connection,
          const registry::Principal& subscriber, const TcpFeedTerms& terms,
          std::deque<RecentAlert> recent);

  [[nodiscard]] delivery::Outlet outlet() const override { return delivery::Outlet::tcp; }
  bool ready() override;
  bool permits(const delivery::Slot& slot) override;
  bool prepared(delivery::Slot&) override { return true; }
  void deliver(delivery::Slot& slot) override;
  // The form has no word for it. It is counted, and the reader has the alert that did it.
  void pass(delivery::Sequence, const delivery::Fate&) override {}
  // In its form: a heartbeat.
  void probe(delivery::Sequence sequence) override;
  bool probe_arrived() override;
  void flush() override;
  std::size_t queued_bytes() const override;
  void tick(std::chrono::steady_clock::time_point now) override;
  void goodbye(const std::string& code, const std::string& detail,
               std::chrono::milliseconds retry_after) override;

  void on_bytes(std::span<const std::byte>) override {}
  void on_drained() override;
  void on_closed(const std::string& reason) override;

 private:
  enum class State { waiting, attached, leaving, closed };

  void attach(delivery::Sequence not_before);
  void heartbeat();
  void say_heartbeat();
  void tell_closed(const std::string& code, const std::string& detail) const;

  delivery::Shard& shard_;
  std::shared_ptr<wire::Connection> connection_;
  const registry::Principal subscriber_;
  const TcpFeedTerms terms_;
  std::deque<RecentAlert> recent_;
  State state_ = State::waiting;
  std::chrono::steady_clock::time_point heartbeat_due_;
};

}  // namespace noroshi::outlets
