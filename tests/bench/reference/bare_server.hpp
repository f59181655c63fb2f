// The reference: what this machine can do at all with WebSocket over TLS and an alert on disk
// before anybody gets it. One epoll loop that gathers what a subscriber lacks into TLS records, one
// log thread with group commit; no routing, no accounts, no checks, no memory of who has what after
// a restart.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/connection.hpp"
#include "tests/bench/protocols/bare_record.hpp"
#include "tests/bench/reference/group_log.hpp"

namespace noroshi::bench {

class BareServer {
 public:
  struct Options {
    std::uint16_t port = 0;
    std::string folder;       // of the log
    std::string certificate;  // PEM; empty: without TLS
    std::string key;
  };
  explicit BareServer(const Options& options);
  ~BareServer();

  [[noreturn]] void run();

 private:
  struct Guest;
  struct Alert {
    std::uint64_t number = 0;  // the publisher's
    std::string frame;
    std::uint32_t acknowledgements = 0;
  };

  void welcome_all();
  void serve(Guest& guest, std::uint32_t events);
  bool read(Guest& guest);
  std::size_t take(Guest& guest, char* bytes, std::size_t size);
  void record(Guest& guest, std::string_view text);
  void publish(std::uint64_t number, std::string_view alert);
  void acknowledge(Guest& guest, std::uint64_t through);
  void log_grown();
  void flush(Guest& guest);
  [[nodiscard]] bool gather(Guest& guest);
  void watch(Guest& guest, bool for_write) const;
  void leave(Guest& guest);

  TlsContext tls_;
  GroupLog log_;
  std::deque<Alert> alerts_;  // those somebody has not acknowledged
  std::uint64_t first_ = 0;   // sequence of alerts_.front()
  std::uint64_t durable_ = 0;
  std::vector<Guest*> subscribers_;
  Guest* publisher_ = nullptr;
  std::vector<char> received_;
  std::string lent_;  // empty, with room: to whoever gathers
  int listener_ = -1;
  int epoll_ = -1;
};

}  // namespace noroshi::bench
