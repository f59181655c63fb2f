// Our hub over server-sent events: subscribers that GET /v1/events, publishers as on the stream.
// Such a connection has no way back, so nothing is acknowledged on it and no barrier answered.
//
// An alert is told by the identifier in its event: the event holds a reading of the alert in JSON,
// not its bytes.
#pragma once

#include "tests/bench/protocols/hub.hpp"

namespace noroshi::bench {

class HubEventsProtocol : public HubProtocol {
 public:
  using HubProtocol::HubProtocol;

  void barrier(Peer& peer, std::string& out) override;
  [[nodiscard]] bool answers_barriers() const override { return false; }

 protected:
  [[nodiscard]] std::string entrance(const std::string& token) const override;
  std::size_t stream(Peer& peer, std::string_view bytes, std::string& out) override;

 private:
  void event(Peer& peer, std::string_view text);
};

}  // namespace noroshi::bench
