// N subscribers and some publishers of one server, on one epoll loop and one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "subscribers/client/backoff.hpp"
#include "tests/bench/alert_text.hpp"
#include "tests/bench/connection.hpp"
#include "tests/bench/ledger.hpp"
#include "tests/bench/protocols/protocol.hpp"

namespace noroshi::bench {

struct CrowdOptions {
  std::string protocol;
  std::uint16_t port = 0;
  std::uint32_t subscribers = 0;
  std::uint32_t publishers_max = 64;  // where each may have one alert in flight only
  // Where publishers use the hub's mutual-TLS door: its port, and their certificate and key.
  std::uint16_t publisher_port = 0;
  std::string publisher_certificate;
  std::string publisher_key;
  std::uint32_t addressed = 0;  // subscribers each alert is for
  std::size_t alert_bytes = 2048;
  bool tls = false;
  // Compares every byte that is delivered and remembers who got what: for the test, not for speed.
  bool verify = false;
  // A lost connection comes back by the rule of our client library; otherwise it ends the process.
  bool returns = false;
};

// A delivery that is not what was published ends the process.
class Crowd : private Events {
 public:
  Crowd(const CrowdOptions& options, Credentials credentials);
  ~Crowd() override;

  // Opens the publishers, then the subscribers, 64 at a time.
  void connect(double seconds_max);
  void publish();
  // Sends a barrier on every subscriber's connection and waits for the answers.
  void await_barriers(double seconds_max);
  // Serves the connections until `done`; false when that takes longer.
  bool serve_until(double seconds_max, const std::function<bool()>& done);
  void serve(double seconds) {
    serve_until(seconds, [] { return false; });
  }
  void begin_phase(Ledger::Ends ends);

  // Another alert may be published now.
  [[nodiscard]] bool may_publish() const { return !idle_publishers_.empty(); }
  // Otherwise no phase ends with confirmations, and await_barriers() is not for it.
  [[nodiscard]] bool answers_barriers() const { return protocol_->answers_barriers(); }
  [[nodiscard]] bool all_ready() const { return ready_ == clients_.size(); }
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  struct Client {
    Peer peer;
    std::unique_ptr<Connection> connection;
    std::string rest;  // a unit that is not whole yet
    bool watched_for_write = true;
    std::uint64_t unanswered = 0;  // a publisher's alert, where it waits for the answer
    std::unique_ptr<subscribers::Backoff> backoff;
  };

  void ready(Peer& peer) override;
  std::uint64_t delivered(Peer& peer, std::string_view document) override;
  void delivered(Peer& peer, std::uint64_t number) override;
  void accepted(std::uint64_t number) override;
  void confirmed(Peer& peer, std::uint64_t number) override;
  void answered(Peer& peer) override;

  void open(Client& client);
  void open_next();
  void serve_once(int milliseconds);
  void serve_publishers();
  [[nodiscard]] int epoll_of(const Client& client) const;
  void serve(Client& client, std::uint32_t events);
  void read(Client& client);
  void send(Client& client);
  void watch(Client& client);
  void send_alert(Client& client, std::uint64_t number);
  void lost(Client& client);
  void open_those_due();
  void verify(const Peer& peer, std::uint64_t number);

  CrowdOptions options_;
  AlertText alert_;
  TlsContext tls_;
  TlsContext publisher_tls_;  // null where publishers use the same door
  std::unique_ptr<Protocol> protocol_;
  Ledger ledger_;
  std::vector<Client> clients_;
  std::deque<Client*> idle_publishers_;  // the longest idle first
  std::vector<std::unordered_set<std::uint64_t>> seen_;
  std::vector<Client*> publisher_of_;  // by alert number modulo its size
  std::multimap<Time, Client*> returning_;
  std::vector<char> received_;
  std::string out_;
  int epoll_ = -1;             // of the subscribers, and of
  int publishers_epoll_ = -1;  // those who publish, who are served first
  std::uint32_t opened_ = 0;
  std::uint32_t ready_ = 0;
  std::uint32_t answers_ = 0;
  bool opening_ = false;
  bool confirming_ = false;
  bool at_barrier_ = false;
};

}  // namespace noroshi::bench
