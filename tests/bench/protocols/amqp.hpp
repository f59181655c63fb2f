// AMQP 0-9-1: a durable fanout exchange, one durable queue a subscriber, persistent messages,
// publisher confirms, and one acknowledgement (multiple) a read.
#pragma once

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class AmqpProtocol : public Protocol {
 public:
  using Protocol::Protocol;

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;

 private:
  void method(Peer& peer, std::string_view body, std::string& out);
  void publisher_confirm(std::string_view arguments);

  std::uint64_t first_number_ = 0;  // of the alerts published; the server counts from 1
  std::uint64_t confirmed_ = 0;
};

}  // namespace noroshi::bench
