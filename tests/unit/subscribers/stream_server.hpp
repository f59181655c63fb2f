// A real TLS and WebSocket server that speaks the stream as a test tells it to.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "proto/wire/connection.hpp"
#include "proto/wire/http.hpp"
#include "proto/wire/websocket.hpp"
#include "tests/unit/proto/wire/certificates.hpp"

namespace noroshi::subscribers::testing {

namespace pb = noroshi::v1;

// One receiver's connection, as the hub has it.
class Caller final : public wire::ConnectionHandler {
 public:
  using OnMessage = std::function<void(Caller&, const pb::ClientMessage&)>;

  Caller(boost::asio::ip::tcp::socket socket, const wire::TlsContext& tls, OnMessage on_message,
         std::function<wire::Response(const wire::Request&, wire::Response)> on_upgrade);
  ~Caller() override;

  void welcome(std::uint64_t epoch, std::uint64_t cursor, std::uint64_t head);
  void deliver(std::uint64_t sequence, const std::string& xml);
  void pass(std::uint64_t sequence);
  void beat(std::uint64_t through, std::uint64_t head);
  void goodbye(const std::string& code, std::uint32_t retry_after_ms);
  void send(const pb::ServerMessage& message);
  void send_frame(wire::Opcode opcode, std::string_view payload);
  // Without a word.
  void cut();

  [[nodiscard]] const wire::Request& request() const { return request_; }
  [[nodiscard]] const std::vector<std::uint64_t>& acknowledged() const { return acknowledged_; }
  [[nodiscard]] const std::vector<std::string>& pongs() const { return pongs_; }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_closed(const std::string& reason) override;
  void on_frame(const wire::MessageReader::Message& message);

  OnMessage on_message_;
  std::function<wire::Response(const wire::Request&, wire::Response)> on_upgrade_;
  wire::RequestReader requests_;
  wire::MessageReader frames_;
  wire::Request request_;
  std::vector<std::uint64_t> acknowledged_;
  std::vector<std::string> pongs_;
  bool upgraded_ = false;
  bool closed_ = false;
  std::shared_ptr<wire::Connection> connection_;
};

// Listens on a free port of 127.0.0.1 on the test's own io_context.
class StreamServer {
 public:
  // `hello` is called for the Hello of the `nth` connection (from 1).
  using OnHello = std::function<void(Caller& caller, const pb::Hello& hello, int nth)>;

  StreamServer(boost::asio::io_context& context, OnHello hello);

  // Called for every Ack, after it was noted.
  std::function<void(Caller& caller, std::uint64_t through)> on_ack = [](Caller&, std::uint64_t) {};
  // May replace the answer to an upgrade.
  std::function<wire::Response(const wire::Request&, wire::Response)> on_upgrade =
      [](const wire::Request&, wire::Response response) { return response; };

  [[nodiscard]] std::string port() const;
  [[nodiscard]] std::filesystem::path ca() const { return authority_.certificate(); }
  [[nodiscard]] const std::filesystem::path& scratch() const { return directory_.path(); }
  [[nodiscard]] std::vector<std::unique_ptr<Caller>>& callers() { return callers_; }
  // Takes no more connections, so that the loop can end.
  void stop() { acceptor_.close(); }

 private:
  void accept();

  wire::testing::ScratchDirectory directory_;
  wire::testing::Authority authority_;
  wire::TlsContext tls_;
  OnHello hello_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<std::unique_ptr<Caller>> callers_;
};

}  // namespace noroshi::subscribers::testing
