// A door on 127.0.0.1 with handlers a test can set, and clients at it.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/transport/door.hpp"
#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::transport::testing {

// One client connection: shakes hands, says what it is told to, remembers what it hears.
struct Visitor {
  wire::testing::Recorder heard;
  std::shared_ptr<wire::Connection> connection;
  void say(const std::string& text) {
    connection->send(text);
    connection->flush();
  }
  [[nodiscard]] bool in() const { return connection && connection->open(); }
  [[nodiscard]] bool gone() const { return heard.closed > 0; }
};

class OpenDoor : public wire::testing::Loopback {
 protected:
  void TearDown() override {
    bool drained = false;
    if (door) {
      door->drain([&] { drained = true; });
      run_until([&] { return drained; });
    }
    for (const auto& visitor : visitors) visitor->connection->abandon();
  }

  void open(const DoorBounds& bounds) {
    Handlers handlers;
    handlers.admit = [this](const auto& header, const auto& caller) {
      return admit(header, caller);
    };
    handlers.handle = [this](Exchange exchange) { handle(std::move(exchange)); };
    handlers.room_for_answer = room_for_answer;
    handlers.refuse = [](auto, const auto&) { return wire::Response{503, {}, "no"}; };
    door = std::make_unique<Door>(io, handshakes, server_context, bounds, handlers);
    ASSERT_TRUE(door->open("127.0.0.1", 0));
  }

  Visitor& come() {
    auto& visitor = *visitors.emplace_back(std::make_unique<Visitor>());
    visitor.connection = connected();
    visitor.connection->start(visitor.heard);
    return visitor;
  }
  Visitor& enter() {
    auto& visitor = come();
    run_until([&] { return visitor.in(); });
    return visitor;
  }
  // One that has shown who it is.
  Visitor& enter_as(const std::string& identity) {
    auto& visitor = enter();
    ask(visitor, identity);
    run_until([&] { return visitor.heard.received.find("\r\n\r\n") != std::string::npos; });
    return visitor;
  }
  static void ask(Visitor& visitor, const std::string& identity) {
    visitor.say("GET / HTTP/1.1\r\nHost: h\r\nWho: " + identity + "\r\n\r\n");
  }

  std::shared_ptr<wire::Connection> connected() {
    Socket socket(io);
    socket.connect({boost::asio::ip::address_v4::loopback(), door->port()});
    auto channel = wire::TlsChannel::connecting(client_context, socket.native_handle(), "hub.test");
    return std::make_shared<wire::Connection>(std::move(socket), std::move(channel));
  }

  Handshakes handshakes{io};
  std::unique_ptr<Door> door;
  std::vector<std::unique_ptr<Visitor>> visitors;
  std::function<Admission(const wire::Request&, const Caller&)> admit = [](const auto& header,
                                                                           const auto&) {
    return Admission{std::nullopt, std::string(wire::find(header.fields, "Who").value_or(""))};
  };
  std::function<Place(const std::string&, std::size_t)> room_for_answer;
  std::function<void(Exchange)> handle = [](const Exchange& exchange) {
    exchange.respond({200, {}, "ok"});
  };
};

}  // namespace noroshi::transport::testing
