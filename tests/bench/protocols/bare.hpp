// The reference server's clients: the hub's rules without the hub's meaning. Every read is answered
// by one cumulative ack.
#pragma once

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class BareProtocol : public Protocol {
 public:
  using Protocol::Protocol;

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;

 private:
  // True when the record was an alert, which peer.mark then names.
  bool record(Peer& peer, std::string_view text);
};

}  // namespace noroshi::bench
