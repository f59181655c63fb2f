// Two ends of one TLS connection over 127.0.0.1, on one thread.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "proto/wire/connection.hpp"
#include "tests/unit/proto/wire/certificates.hpp"

namespace noroshi::wire::testing {

// Remembers what it was told, and does what it is told to do then.
struct Recorder final : ConnectionHandler {
  void on_open() override;
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_drained() override;
  void on_closed(const std::string& reason) override;

  int opened = 0;
  int drained = 0;
  int closed = 0;
  std::string received;
  std::string reason;
  std::function<void()> when_open = [] {};
  std::function<void()> when_bytes = [] {};
  std::function<void()> when_drained = [] {};
};

// One authority with a certificate for hub.test and 127.0.0.1, and another that nobody trusts.
class Loopback : public ::testing::Test {
 protected:
  using Socket = Connection::Socket;

  Loopback();
  ~Loopback() override;

  struct Sockets {
    Socket server;
    Socket client;
  };
  Sockets connect_sockets();
  // Makes both ends; nothing has happened until both are started and the loop runs.
  void make_ends(const std::string& host = "hub.test");
  void start_both();
  // Both open.
  void open_both();

  // Runs the loop until `holds`; fails the test when it does not within a generous time.
  void run_until(const std::function<bool()>& holds);

  ScratchDirectory directory;
  Authority authority;
  Authority stranger;
  TlsContext server_context;
  TlsContext client_context;
  boost::asio::io_context io{1};
  boost::asio::io_context other_io{1};
  Recorder server_handler;
  Recorder client_handler;
  std::shared_ptr<Connection> server;
  std::shared_ptr<Connection> client;
};

// Bytes that repeat nowhere soon, so that a lost or doubled piece is seen.
std::string pattern_bytes(std::size_t size, unsigned seed);

}  // namespace noroshi::wire::testing
