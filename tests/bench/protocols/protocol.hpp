// One broker's language, spoken from the client's side. A protocol is fed what came and appends
// what goes out; sockets, TLS and time are the Crowd's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::bench {

// One connection as a protocol sees it.
struct Peer {
  enum class Role { subscriber, publisher };
  std::uint32_t number = 0;  // subscribers from 0, publishers after them
  Role role = Role::subscriber;
  bool ready = false;
  // Free for the protocol.
  int step = 0;
  std::uint64_t mark = 0;
  std::uint64_t count = 0;
  std::string name;
};

// What a protocol reports.
class Events {
 public:
  virtual ~Events() = default;
  // Subscribed, or may publish.
  virtual void ready(Peer& peer) = 0;
  // One alert came; `document` begins with it and is at least as long. Returns its number.
  virtual std::uint64_t delivered(Peer& peer, std::string_view document) = 0;
  // The same where the protocol carries no bytes of the alert.
  virtual void delivered(Peer& peer, std::uint64_t number) = 0;
  // The server has taken over responsibility for alert `number`.
  virtual void accepted(std::uint64_t number) = 0;
  // The server told this subscriber that its acknowledgement of `number` arrived.
  virtual void confirmed(Peer& peer, std::uint64_t number) = 0;
  // A barrier was answered.
  virtual void answered(Peer& peer) = 0;
};

class Protocol {
 public:
  explicit Protocol(Events& events) : events_(events) {}
  virtual ~Protocol() = default;

  virtual void opened(Peer& peer, std::string& out) = 0;
  // Takes whole units and returns how many bytes they were. `bytes` is all that the socket held:
  // where the protocol has a cumulative acknowledgement, one is appended for the whole call.
  virtual std::size_t received(Peer& peer, std::string_view bytes, std::string& out) = 0;
  virtual void publish(Peer& peer, std::uint64_t number, const std::string& alert,
                       std::string& out) = 0;
  // Something the server answers in order on this connection: then it has read what came before.
  virtual void barrier(Peer& peer, std::string& out) = 0;

  // False when a publisher is told nothing.
  [[nodiscard]] virtual bool accepts() const { return true; }
  // Whether anything comes back for barrier(); otherwise it must not be called.
  [[nodiscard]] virtual bool answers_barriers() const { return true; }
  // The server answers acknowledgements by itself, so no barrier is needed behind them.
  [[nodiscard]] virtual bool confirms() const { return false; }
  // Whether a publisher must wait for the answer before its next alert.
  [[nodiscard]] virtual bool one_alert_a_publisher() const { return false; }

 protected:
  Events& events() { return events_; }

 private:
  Events& events_;
};

struct Credentials {
  std::string publisher;
  std::vector<std::string> subscribers;  // one for each
};

// bare, hub, hub-events, nats, mqtt, redis, amqp; null for any other name. `credentials` are for
// the hub.
std::unique_ptr<Protocol> make_protocol(const std::string& name, Events& events,
                                        Credentials credentials);

}  // namespace noroshi::bench
