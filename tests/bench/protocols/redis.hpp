// Redis Streams: one stream, one consumer group a subscriber; one XACK names all alerts of a read.
#pragma once

#include <deque>

#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

class RespReader;

class RedisProtocol : public Protocol {
 public:
  using Protocol::Protocol;

  void opened(Peer& peer, std::string& out) override;
  std::size_t received(Peer& peer, std::string_view bytes, std::string& out) override;
  void publish(Peer& peer, std::uint64_t number, const std::string& alert,
               std::string& out) override;
  void barrier(Peer& peer, std::string& out) override;
  [[nodiscard]] bool confirms() const override { return true; }

 private:
  void read_more(const Peer& peer, std::string& out) const;
  void acknowledged(Peer& peer);
  bool alerts(Peer& peer, RespReader& reader, std::string& out);

  std::deque<std::uint64_t> awaiting_;  // published and not answered
};

}  // namespace noroshi::bench
