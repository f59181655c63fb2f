// GET /v1/events: the alerts of one channel, live or a drill's, as server-sent events (WHATWG HTML,
// section 9.2) on one connection (contract, "Events"). It has no way back: a later Last-Event-ID
// and POST /v1/receipts acknowledge.
//
// Life       attached → leaving. Made by open(), owned by its shard until its connection has
//            closed.
// Bounds     what is queued for the peer at most `queue_bytes_max` and one alert; 4096 alerts
//            without an acknowledgement, 45 s without taking a byte (blocked) or without a sign of
//            the peer's kernel while bytes are on their way to it (dead) end it, and the peer comes
//            again with its Last-Event-ID. What the peer says is read over.
// Threading  its shard's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/delivery/receiver.hpp"
#include "hub/delivery/shard.hpp"
#include "hub/outlets/readings.hpp"
#include "proto/result.hpp"
#include "proto/wire/connection.hpp"

namespace noroshi::outlets {

// Where a peer goes on: "<epoch>-<sequence>", as the ids of events are. invalid for anything else.
struct EventId {
  std::uint64_t epoch = 0;
  delivery::Sequence sequence = 0;
};
Result<EventId> event_id(std::string_view text);

class Events : public delivery::Receiver,
               public wire::ConnectionHandler,
               public std::enable_shared_from_this<Events> {
 public:
  // From any thread: takes over a connection on which the header of the answer has been sent.
  // `readings` outlives the shard's last receiver.
  static void open(delivery::Shard& shard, Readings& readings, wire::Connection::Handoff handoff,
                   const registry::Principal& subscriber, std::optional<EventId> last);

  Events(delivery::Shard& shard, Readings& readings, std::shared_ptr<wire::Connection> connection,
         const registry::Principal& subscriber);

  [[nodiscard]] delivery::Outlet outlet() const override { return delivery::Outlet::events; }
  bool ready() override;
  bool permits(const delivery::Slot& slot) override;
  bool prepared(delivery::Slot& slot) override;
  void deliver(delivery::Slot& slot) override;
  void pass(delivery::Sequence sequence, const delivery::Fate& fate) override;
  void probe(delivery::Sequence sequence) override;
  bool probe_arrived() override;
  void flush() override;
  std::size_t queued_bytes() const override;
  void tick(std::chrono::steady_clock::time_point now) override;
  void goodbye(const std::string& code, const std::string& detail,
               std::chrono::milliseconds retry_after) override;

  void on_bytes(std::span<const std::byte> bytes) override;
  void on_drained() override;
  void on_closed(const std::string& reason) override;

 private:
  enum class State { waiting, attached, leaving, closed };

  void attach(std::optional<EventId> last);
  void heartbeat(std::chrono::steady_clock::time_point now);

  delivery::Shard& shard_;
  Readings& readings_;
  std::shared_ptr<wire::Connection> connection_;
  const registry::Principal subscriber_;
  State state_ = State::waiting;
  std::chrono::steady_clock::time_point heartbeat_due_;
  delivery::Sequence probed_ = 0;  // the last one it was told
};

}  // namespace noroshi::outlets
