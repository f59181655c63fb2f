// One connection to a hub's stream, from the name to the good-bye: resolve, connect, TLS, HTTP
// upgrade, then protobuf messages in WebSocket frames. It carries messages and knows none of them.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "proto/wire/connection.hpp"
#include "proto/wire/http.hpp"
#include "proto/wire/hub_address.hpp"
#include "proto/wire/tls.hpp"
#include "proto/wire/websocket.hpp"
#include "subscribers/client/fault.hpp"

namespace noroshi::subscribers {

struct LinkSettings {
  wire::HubAddress hub;
  wire::TlsContext tls;
  std::string token;            // empty: the certificate in `tls` says who calls
  std::string drill = {};       // the session whose stream it is; empty: the live one
  std::string language = "en";  // for Accept-Language: of the hub's words in a Fault
  std::chrono::milliseconds connect_limit{10'000};  // until the upgrade is answered
  std::chrono::milliseconds silence_limit{45'000};  // without a byte from the hub
  std::chrono::milliseconds close_limit{2'000};     // for the last bytes of an orderly end
};

// What a link tells its owner, always from the loop.
class LinkOwner {
 public:
  virtual ~LinkOwner() = default;
  virtual void on_up() = 0;
  virtual void on_message(const noroshi::v1::ServerMessage& message) = 0;
  // All messages of one read have been handed on: the moment to acknowledge together.
  virtual void on_batch_end() = 0;
  // The last call. `fault` is absent when close() asked for the end.
  virtual void on_down(std::optional<Fault> fault) = 0;
};

// Threading  belongs to the thread that runs its io_context.
// Lifetime   while the name is resolved and the socket connects it must not be destroyed unless the
//            io_context has ended; later it may, and says nothing more.
// Bounds     a message of the hub is at most 4 MiB.
class Link final : private wire::ConnectionHandler {
 public:
  // `settings` and `owner` outlive the link.
  Link(boost::asio::io_context& context, const LinkSettings& settings, LinkOwner& owner);
  ~Link() override;

  void open();
  // In place of open(): only as far as TLS, to see whether the hub is there and is the one we
  // trust. on_up() says so; then close().
  void touch();
  // Queues; nothing is sent before flush().
  void send(const noroshi::v1::ClientMessage& message);
  void flush();
  // Orderly: what is queued, a close frame, the end.
  void close();
  // At once, with `fault` as the reason.
  void fail(Fault fault);

 private:
  enum class State { idle, dialling, opening, up, ending, down };

  void resolved(boost::asio::ip::tcp::resolver::results_type addresses);
  void connected();
  void watch_silence();
  void ended_before_connection(Fault fault);
  void read_answer(std::span<const std::byte> bytes);
  void read_frames(std::span<const std::byte> bytes);
  void handle(const wire::MessageReader::Message& message);
  void send_frame(wire::Opcode opcode, std::string_view payload);
  void on_open() override;
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_closed(const std::string& reason) override;

  const LinkSettings& settings_;
  LinkOwner& owner_;
  State state_ = State::idle;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<wire::Connection> connection_;
  std::string key_;
  wire::ResponseReader answer_;
  wire::MessageReader frames_;
  std::optional<Fault> fault_;
  bool asked_to_close_ = false;
  bool touching_ = false;
};

}  // namespace noroshi::subscribers
