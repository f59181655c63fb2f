// NATS JetStream: one stream in a file, one durable push consumer a subscriber with acknowledgement
// policy `all`, so that one +ACK answers a whole read.
#pragma once

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class NatsProtocol : public Protocol {
 public:
  using Protocol::Protocol;

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;

 private:
  void enter(Peer& peer, std::string& out);
  void line(Peer& peer, std::string_view text, std::string& out);
  void message(Peer& peer, std::string_view head, std::string_view body, std::string& out);
};

}  // namespace noroshi::bench
