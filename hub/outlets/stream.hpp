// The stream of one channel, live or a drill's, on one connection, in subprotocol
// noroshi.v1.protobuf or noroshi.v1.json (contract, "Stream"): the same semantics, the messages in
// another form.
//
// Life       waiting for Hello → attached → leaving. Made by open(), owned by its
//            shard until its connection has closed.
// Bounds     Hello within 10 s; a client message at most 64 KiB; what is queued for the peer at
//            most `queue_bytes_max` and one alert; 45 s without a byte from the peer (dead) or
//            without taking one of ours (blocked) ends it; 256 receipts unanswered.
// Threading  its shard's thread.
#pragma once

#include <memory>
#include <string>

#include "hub/delivery/receiver.hpp"
#include "hub/delivery/shard.hpp"
#include "hub/outlets/readings.hpp"
#include "hub/outlets/stream_message.hpp"
#include "proto/wire/connection.hpp"
#include "proto/wire/websocket.hpp"

namespace noroshi::outlets {

class Stream : public delivery::Receiver,
               public wire::ConnectionHandler,
               public std::enable_shared_from_this<Stream> {
 public:
  // From any thread: takes over a connection whose upgrade has been answered. `early` is what the
  // client sent behind its request. `readings` outlives the shard's last receiver.
  static void open(delivery::Shard& shard, Readings& readings, Subprotocol subprotocol,
                   wire::Connection::Handoff handoff, const registry::Principal& subscriber,
                   std::string early);

  Stream(delivery::Shard& shard, Readings& readings, Subprotocol subprotocol,
         std::shared_ptr<wire::Connection> connection, const registry::Principal& subscriber);

  bool ready() override;
  bool permits(const delivery::Slot& slot) override;
  bool prepared(delivery::Slot& slot) override;
  void deliver(delivery::Slot& slot) override;
  void pass(delivery::Sequence sequence, const delivery::Fate& fate) override;
  void probe(delivery::Sequence sequence) override;
  void flush() override;
  std::size_t queued_bytes() const override;
  void tick(std::chrono::steady_clock::time_point now) override;
  void goodbye(const std::string& code, const std::string& detail,
               std::chrono::milliseconds retry_after) override;

  void on_bytes(std::span<const std::byte> bytes) override;
  void on_drained() override;
  void on_closed(const std::string& reason) override;

 private:
  enum class State { waiting_for_hello, attached, leaving, closed };

  void watch_for_hello();
  void on_message(const wire::MessageReader::Message& message);
  void on_client_message(std::string_view payload);
  void on_hello(const v1::Hello& hello);
  void on_ack(const v1::Ack& ack);
  void on_receipt(const v1::Receipt& receipt);
  void answer_receipt(const std::string& id, const delivery::ReceiptOutcome& outcome);
  void heartbeat(std::chrono::steady_clock::time_point now);
  void send(const v1::ServerMessage& message);
  [[nodiscard]] std::string frame_of(const v1::ServerMessage& message) const;
  void say_goodbye(const std::string& code, const std::string& detail,
                   std::chrono::milliseconds retry_after, std::uint16_t close_code);
  void leave(std::string_view frame);
  void protocol_error(const std::string& detail, std::uint16_t close_code);

  delivery::Shard& shard_;
  Readings& readings_;
  Subprotocol subprotocol_;
  std::shared_ptr<wire::Connection> connection_;
  const registry::Principal subscriber_;
  wire::MessageReader reader_;
  State state_ = State::waiting_for_hello;
  std::unique_ptr<boost::asio::steady_timer> hello_timer_;
  std::chrono::steady_clock::time_point heartbeat_due_;
  std::size_t receipts_unanswered_ = 0;
  bool answers_to_flush_ = false;
};

}  // namespace noroshi::outlets
