// MQTT 3.1.1 at QoS 1 with persistent sessions. It has no cumulative acknowledgement: each alert
// gets its own PUBACK.
#pragma once

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class MqttProtocol : public Protocol {
 public:
  using Protocol::Protocol;

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;

 private:
  void packet(Peer& peer, std::uint8_t head, std::string_view body, std::string& out);

  std::vector<std::uint64_t> number_of_packet_ = std::vector<std::uint64_t>(65536);
};

}  // namespace noroshi::bench
