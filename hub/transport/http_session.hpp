// HTTP/1.1 on one TLS connection: reads a request, has it handled, answers, and reads the next.
//
// Bounds     handshake 10 s, header 5 s from its first byte, body 10 s, handling 60 s, idle 60 s.
//            One request at a time: the next is read when the answer to the last has left, so that
//            a client that asks and never reads holds one answer. Bytes behind a request that
//            changes something are refused.
// Life       keeps itself alive until its connection has closed or been handed on.
// Threading  the door's thread.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "hub/transport/exchange.hpp"

namespace noroshi::transport {

class HttpSession : public wire::ConnectionHandler,
                    public std::enable_shared_from_this<HttpSession> {
 public:
  // What the door wants to know; called on its thread, `ended` last and exactly once.
  struct Events {
    std::function<void()> handshake_over;
    std::function<void(const HttpSession*)> ended;
  };

  HttpSession(boost::asio::io_context& context, std::shared_ptr<wire::Connection> connection,
              const wire::RequestLimits& limits, const Handlers& handlers, Events events);

  void start();
  // Answers what is being handled, then closes; closes at once when nothing is.
  void drain();
  [[nodiscard]] bool handshaking() const { return state_ == State::handshaking; }

  void on_open() override;
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_drained() override;
  void on_closed(const std::string& reason) override;

 private:
  enum class State { handshaking, reading, handling, answering, upgrading, closing };

  void read_on(std::span<const std::byte> bytes);
  void refuse(Handlers::Trouble trouble, const wire::FramingError& error = {0, ""});
  bool admitted();
  void handle();
  void respond(const wire::Response& response);
  void next();
  void upgrade(const wire::Response& switching, TakeOver take_over);
  void close_with(const wire::Response& response, std::chrono::seconds limit);
  void arm(std::chrono::seconds limit);
  void expired();
  void over();

  boost::asio::io_context& context_;
  std::shared_ptr<wire::Connection> connection_;
  const Handlers& handlers_;
  Events events_;
  wire::RequestReader reader_;
  Caller caller_;  // known once the handshake is over
  boost::asio::steady_timer deadline_;
  State state_ = State::handshaking;
  enum class Header { none, begun, admitted } header_ = Header::none;
  std::string behind_;  // bytes that came after the request being handled
  TakeOver take_over_;
  bool draining_ = false;
  bool asked_to_upgrade_ = false;
  bool without_body_ = false;  // it is HEAD that is refused
  std::shared_ptr<HttpSession> alive_;
};

}  // namespace noroshi::transport
