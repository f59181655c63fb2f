// HTTP/1.1 on one open TLS connection: reads a request, has it handled, answers, and reads the
// next.
//
// Bounds     the first request as the door says, header 5 s from its first byte, body 10 s,
//            handling 60 s, idle 60 s once it is known who asks.
//            One request at a time: the next is read when the answer to the last has left, so that
//            a client that asks and never reads holds one answer; of large ones the handlers say
//            how many bytes may wait in all. Of a request that is refused before its body comes
//            nothing is kept. Bytes behind a request that changes something are refused.
// Life       keeps itself alive until its connection has closed or been handed on.
// Threading  the door's thread.
#pragma once

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "hub/transport/exchange.hpp"

namespace noroshi::transport {

class HttpSession : public wire::ConnectionHandler,
                    public std::enable_shared_from_this<HttpSession> {
 public:
  enum class State { reading, handling, answering, upgrading, closing };
  // How many sessions of a door are in each state.
  using Counts = std::array<std::size_t, 5>;

  // What the door lends, and wants to know while it is there.
  struct Door {
    boost::asio::io_context& context;
    const wire::RequestLimits& limits;
    const Handlers& handlers;
    std::shared_ptr<Counts> counts;  // shared: a session may go after its door
    // A request came from somebody else than the one before; false when that is one too many.
    std::function<bool(const std::string& identity)> identified;
    std::function<void()> ended;  // the last call
  };

  HttpSession(Door door, std::shared_ptr<wire::Connection> connection, Caller caller);
  ~HttpSession() override;

  // Its first request is awaited for so long.
  void start(std::chrono::seconds first_request_within);
  // Answers what is being handled, then closes; closes at once when nothing is.
  void drain();
  // Closes at once, without a word.
  void cut();
  // Its caller is no longer welcome: closes, when what is being handled has been answered.
  void dismiss();

  void on_bytes(std::span<const std::byte> bytes) override;
  void on_drained() override;
  void on_closed(const std::string& reason) override;

 private:
  void enter(State state);
  void read_on(std::span<const std::byte> bytes);
  void refuse(Handlers::Trouble trouble, const wire::FramingError& error = {0, ""});
  bool admitted();
  void handle();
  [[nodiscard]] std::function<void(wire::Response)> way_to_respond();
  void respond(const wire::Response& response, Place place = nullptr);
  void respond_busy();
  void next();
  void upgrade(const wire::Response& switching, TakeOver take_over);
  void close_with(const wire::Response& response, std::chrono::seconds limit);
  void arm(std::chrono::seconds limit);
  void expired();

  Door door_;
  std::shared_ptr<wire::Connection> connection_;
  Caller caller_;
  wire::RequestReader reader_;
  boost::asio::steady_timer deadline_;
  State state_ = State::reading;
  enum class Header { none, begun, admitted } header_ = Header::none;
  std::string identity_;
  std::optional<wire::Response> refusal_;  // of the request being read, given when it is read
  Place body_place_;
  Place answer_place_;
  std::string behind_;  // bytes that came after the request being handled
  TakeOver take_over_;
  bool draining_ = false;
  bool asked_to_upgrade_ = false;
  bool without_body_ = false;  // it is HEAD that is refused
  std::shared_ptr<HttpSession> alive_;
};

}  // namespace noroshi::transport
