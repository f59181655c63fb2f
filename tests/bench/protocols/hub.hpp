// Our hub: subscribers on its stream, publishers that POST, one alert at a time each. Every read is
// answered by one cumulative Ack, every heartbeat too.
#pragma once

#include <utility>

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class HubProtocol : public Protocol {
 public:
  HubProtocol(Events& events, Credentials credentials)
      : Protocol(events), credentials_(std::move(credentials)) {}

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;
  [[nodiscard]] bool one_alert_a_publisher() const override { return true; }

 protected:
  // What a subscriber asks for first, and how it takes what comes then.
  [[nodiscard]] virtual std::string entrance(const std::string& token) const;
  virtual std::size_t stream(Peer& peer, std::string_view bytes, std::string& out);

 private:
  [[nodiscard]] std::string identification() const;
  std::size_t answer(Peer& peer, std::string_view bytes);
  bool message(Peer& peer, std::string_view bytes);
  void delivery(Peer& peer, std::string_view bytes);

  Credentials credentials_;
};

}  // namespace noroshi::bench
