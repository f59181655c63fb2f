// The TLS door: accepts connections, lets so many handshakes in at once, and runs an HttpSession on
// each.
//
// Bounds     `handshakes_max` in progress (the rest waits in the kernel's backlog) and
//            `connections_max` in all. While others wait, a handshake may take a second; then the
//            slowest is closed, so that peers who never finish one keep nobody out. When the
//            process is out of descriptors accepting pauses.
// Threading  the thread that runs `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "hub/transport/http_session.hpp"
#include "proto/result.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::transport {

struct DoorBounds {
  std::size_t connections_max = 16000;
  std::size_t handshakes_max = 64;
  wire::RequestLimits requests;
};

class Door {
 public:
  Door(boost::asio::io_context& context, wire::TlsContext tls, DoorBounds bounds,
       Handlers handlers);

  // unavailable when the address is taken; port 0 picks a free one.
  Result<void> open(const std::string& address, std::uint16_t port);
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t sessions() const { return sessions_.size(); }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }

  // Nothing new comes in; what is being handled is answered. `drained` is called when all are gone.
  void drain(std::function<void()> drained);

 private:
  void accept();
  void welcome(boost::asio::ip::tcp::socket socket);
  void make_room();
  void ended(const HttpSession* session);

  boost::asio::io_context& context_;
  wire::TlsContext tls_;
  DoorBounds bounds_;
  Handlers handlers_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::unordered_map<const HttpSession*, std::weak_ptr<HttpSession>> sessions_;
  struct Handshake {
    std::weak_ptr<HttpSession> session;
    std::chrono::steady_clock::time_point begun;
  };
  std::deque<Handshake> handshaking_;  // oldest first; some may be over already
  std::size_t handshakes_ = 0;
  std::uint64_t accepted_ = 0;
  bool accepting_ = false;
  std::function<void()> drained_;
};

}  // namespace noroshi::transport
