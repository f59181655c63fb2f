// A TLS door: accepts connections, has their handshakes done on a thread of their own, and runs an
// HttpSession on each.
//
// Bounds     `connections_max` in all, and 40 new ones in any 10 ms; of these `strangers_max`, and
// `strangers_per_address_max`
//            from one address, that have not shown who they are (Strangers says who goes then);
//            `connections_per_identity_max` of one identity. While `handshakes_max` younger than
//            200 ms are in progress the rest waits in the kernel's backlog: whoever begins one and
//            never ends it keeps nobody out.
//            The last `descriptors_kept` descriptors of the process are not taken: a stranger goes,
//            or the newcomer is closed. When there is none at all accepting pauses.
// Threading  the thread that runs `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "hub/transport/door_gauges.hpp"
#include "hub/transport/handshakes.hpp"
#include "hub/transport/http_session.hpp"
#include "hub/transport/strangers.hpp"
#include "proto/result.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::transport {

struct DoorBounds {
  std::size_t connections_max = 16000;
  std::size_t strangers_max = 12000;
  std::size_t strangers_per_address_max = 8000;
  std::size_t connections_per_identity_max = 256;
  std::size_t handshakes_max = 256;
  std::size_t descriptors_kept = 64;
  wire::RequestLimits requests;
};

class Door {
 public:
  Door(boost::asio::io_context& context, Handshakes& handshakes, wire::TlsContext tls,
       DoorBounds bounds, Handlers handlers);

  // unavailable when the address is taken; port 0 picks a free one.
  Result<void> open(const std::string& address, std::uint16_t port);
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] DoorGauges gauges() const;

  // Connections from now on are made with `tls`; those there are go on with theirs.
  void use(wire::TlsContext tls) { tls_ = std::move(tls); }

  // Nothing new comes in; what is being handled is answered. `drained` is called when all are gone.
  void drain(std::function<void()> drained);

 private:
  using Id = Handshakes::Id;
  using Clock = std::chrono::steady_clock;
  using Socket = boost::asio::ip::tcp::socket;
  struct Guest {
    Caller caller;
    std::weak_ptr<HttpSession> session;  // none yet during the handshake
    std::string identity;                // none yet of a stranger
  };

  void accept();
  void accept_later(Clock::duration wait);
  [[nodiscard]] bool full();
  [[nodiscard]] bool hurried();
  [[nodiscard]] bool crowded();
  void welcome(Socket socket);
  [[nodiscard]] bool room_for(const Strangers::Address& address, int descriptor);
  void evict(Id id);
  void shaken(Id id, Handshakes::Outcome outcome);
  void begin_session(Id id, wire::Connection::Handoff handoff);
  bool identified(Id id, const std::string& identity);
  void forget(const std::string& identity);
  void look_round();
  void ended(Id id);

  boost::asio::io_context& context_;
  Handshakes& handshakes_;
  wire::TlsContext tls_;
  DoorBounds bounds_;
  Handlers handlers_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  boost::asio::steady_timer round_;
  std::unordered_map<Id, Guest> guests_;
  Strangers strangers_;
  std::unordered_map<std::string, std::size_t> by_identity_;
  std::map<Id, Clock::time_point> young_;  // handshakes begun lately, oldest first
  std::size_t shaking_ = 0;
  Clock::time_point slice_began_;
  std::size_t admitted_in_slice_ = 0;
  std::shared_ptr<HttpSession::Counts> sessions_ = std::make_shared<HttpSession::Counts>();
  DoorGauges counted_;
  bool accepting_ = false;
  std::function<void()> drained_;
};

}  // namespace noroshi::transport
