#include "tests/unit/subscribers/stream_server.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace noroshi::subscribers::testing {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::string_view subprotocols[] = {"noroshi.v1.protobuf"};

wire::TlsContext server_context(const wire::testing::Authority& authority) {
  const auto pem = authority.issue("hub", "IP:127.0.0.1");
  return wire::TlsContext::server(pem.certificate, pem.key).value();
}

}  // namespace

Caller::Caller(tcp::socket socket, const wire::TlsContext& tls, OnMessage on_message,
               std::function<wire::Response(const wire::Request&, wire::Response)> on_upgrade)
    : on_message_(std::move(on_message)),
      on_upgrade_(std::move(on_upgrade)),
      requests_(wire::RequestLimits{}),
      frames_(wire::MessageReader::Peer::client, 64 * 1024) {
  auto channel = wire::TlsChannel::accepting(tls, socket.native_handle());
  connection_ = std::make_shared<wire::Connection>(std::move(socket), std::move(channel));
  connection_->start(*this);
}

Caller::~Caller() { connection_->abandon(); }

void Caller::on_bytes(std::span<const std::byte> bytes) {
  if (!upgraded_) {
    const auto taken = requests_.feed(bytes);
    if (requests_.state() != wire::RequestReader::State::complete) return;
    bytes = bytes.subspan(taken);
    request_ = requests_.take();
    std::string chosen;
    const auto answer = on_upgrade_(request_, wire::upgrade(request_, subprotocols, chosen));
    upgraded_ = answer.status == 101;
    connection_->send(encode(answer, wire::Persistence::keep_alive));
    connection_->flush();
  }
  const auto read = frames_.feed(bytes, [this](const auto& message) { on_frame(message); });
  EXPECT_TRUE(read) << read.error().detail;
}

void Caller::on_frame(const wire::MessageReader::Message& message) {
  if (message.opcode == wire::Opcode::pong) pongs_.emplace_back(message.payload);
  if (message.opcode == wire::Opcode::close) {
    send_frame(wire::Opcode::close, wire::close_payload(1000, ""));
    return connection_->close_after_flush(std::chrono::seconds{2});
  }
  if (message.opcode != wire::Opcode::binary) return;
  pb::ClientMessage parsed;
  ASSERT_TRUE(
      parsed.ParseFromArray(message.payload.data(), static_cast<int>(message.payload.size())));
  if (parsed.has_ack()) acknowledged_.push_back(parsed.ack().through());
  on_message_(*this, parsed);
}

void Caller::on_closed(const std::string&) { closed_ = true; }

void Caller::welcome(std::uint64_t epoch, std::uint64_t cursor, std::uint64_t head) {
  pb::ServerMessage message;
  auto& welcome = *message.mutable_welcome();
  welcome.set_subscriber("demo-tv");
  welcome.set_channel("live");
  welcome.set_environment("demo");
  welcome.set_epoch(epoch);
  welcome.set_cursor(cursor);
  welcome.set_head(head);
  send(message);
}

void Caller::deliver(std::uint64_t sequence, const std::string& xml) {
  pb::ServerMessage message;
  auto& delivery = *message.mutable_delivery();
  delivery.set_sequence(sequence);
  delivery.set_publisher("362018");
  delivery.mutable_accepted_at()->set_seconds(1'795'316'400);
  delivery.mutable_summary()->set_headline("徳島市に避難指示");
  delivery.mutable_summary()->set_event("evac.l4");
  delivery.mutable_summary()->set_level(4);
  delivery.set_cap_xml(xml);
  send(message);
}

void Caller::pass(std::uint64_t sequence) {
  pb::ServerMessage message;
  message.mutable_passed()->set_sequence(sequence);
  message.mutable_passed()->set_reason(pb::Passed::EXPIRED);
  send(message);
}

void Caller::beat(std::uint64_t through, std::uint64_t head) {
  pb::ServerMessage message;
  message.mutable_heartbeat()->set_through(through);
  message.mutable_heartbeat()->set_head(head);
  send(message);
}

void Caller::goodbye(const std::string& code, std::uint32_t retry_after_ms) {
  pb::ServerMessage message;
  message.mutable_goodbye()->set_code(code);
  message.mutable_goodbye()->set_detail("as the test says");
  message.mutable_goodbye()->set_retry_after_ms(retry_after_ms);
  send(message);
}

void Caller::send(const pb::ServerMessage& message) {
  send_frame(wire::Opcode::binary, message.SerializeAsString());
}

void Caller::send_frame(wire::Opcode opcode, std::string_view payload) {
  connection_->send(wire::server_frame(opcode, payload));
  connection_->flush();
}

void Caller::cut() { connection_->close("cut"); }

StreamServer::StreamServer(asio::io_context& context, OnHello hello)
    : authority_(directory_.path(), "authority"),
      tls_(server_context(authority_)),
      hello_(std::move(hello)),
      acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
  accept();
}

std::string StreamServer::port() const { return std::to_string(acceptor_.local_endpoint().port()); }

void StreamServer::accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    if (error) return;
    const auto nth = static_cast<int>(callers_.size()) + 1;
    callers_.push_back(std::make_unique<Caller>(
        std::move(socket), tls_,
        [this, nth](Caller& caller, const pb::ClientMessage& message) {
          if (message.has_hello()) hello_(caller, message.hello(), nth);
          if (message.has_ack()) on_ack(caller, message.ack().through());
        },
        [this](const wire::Request& request, wire::Response response) {
          return on_upgrade(request, std::move(response));
        }));
    accept();
  });
}

}  // namespace noroshi::subscribers::testing
