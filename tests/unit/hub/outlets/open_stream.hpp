// A Stream of either subprotocol, and a test that speaks to it.
#pragma once

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/outlets/stream.hpp"
#include "tests/unit/hub/delivery/running_shard.hpp"
#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::outlets::testing {

using Clock = std::chrono::steady_clock;

inline std::string name_of(Subprotocol subprotocol) {
  return subprotocol == Subprotocol::json ? "Json" : "Protobuf";
}

inline std::string text_of(const v1::ClientMessage& message, Subprotocol subprotocol) {
  if (subprotocol == Subprotocol::protobuf) return message.SerializeAsString();
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

inline std::string framed(const v1::ClientMessage& message, Subprotocol subprotocol) {
  return wire::client_frame(opcode_of(subprotocol), text_of(message, subprotocol), {});
}

// Strictly: what is no field of the message is an error.
inline v1::ServerMessage message_of(const wire::MessageReader::Message& received) {
  v1::ServerMessage message;
  if (received.opcode == wire::Opcode::binary) {
    EXPECT_TRUE(
        message.ParseFromArray(received.payload.data(), static_cast<int>(received.payload.size())));
  } else {
    const auto status = google::protobuf::util::JsonStringToMessage(
        {received.payload.data(), received.payload.size()}, &message);
    EXPECT_TRUE(status.ok()) << status.ToString() << received.payload;
  }
  return message;
}

// A Stream on a real shard at one end of a real TLS connection; the test is the client at the
// other.
class OpenStream : public wire::testing::Loopback, public delivery::testing::RunningShard {
 protected:
  void TearDown() override {
    if (client != nullptr && client_handler.closed == 0) {
      client->close("the test is over");
      run_until([&] { return client_handler.closed > 0; });
    }
    readings_.stop();
    end();
  }

  void open(Subprotocol subprotocol, std::size_t ring_bytes_max = 16u << 20) {
    subprotocol_ = subprotocol;
    begin(ring_bytes_max);
    open_both();
    auto handoff = std::make_shared<wire::Connection::Handoff>(server->release());
    server.reset();
    stream_ = on_shard([&](delivery::Shard& shard) {
      connection_ = wire::Connection::adopt(shard.context(), std::move(*handoff));
      auto stream =
          std::make_shared<Stream>(shard, readings_, subprotocol, connection_, principal());
      shard.welcome(stream);
      connection_->start(*stream);
      return std::weak_ptr<Stream>(stream);
    });
  }

  void say(const v1::ClientMessage& message) {
    client->send(framed(message, subprotocol_));
    client->flush();
  }

  void hello(std::uint32_t window = 100) {
    v1::ClientMessage message;
    message.mutable_hello()->set_window(window);
    say(message);
  }

  void ack(delivery::Sequence through) {
    v1::ClientMessage message;
    message.mutable_ack()->set_through(through);
    say(message);
  }

  // Everything the hub has said so far.
  std::vector<v1::ServerMessage> heard() {
    std::vector<v1::ServerMessage> messages;
    wire::MessageReader reader(wire::MessageReader::Peer::server, 4u << 20);
    const auto read =
        reader.feed(std::as_bytes(std::span(client_handler.received)), [&](const auto& message) {
          if (message.opcode == opcode_of(subprotocol_)) messages.push_back(message_of(message));
          if (message.opcode == wire::Opcode::close && message.payload.size() >= 2)
            close_code_ = static_cast<unsigned char>(message.payload[0]) * 256 +
                          static_cast<unsigned char>(message.payload[1]);
        });
    EXPECT_TRUE(read);
    return messages;
  }

  // Waits until the hub has said as much.
  std::vector<v1::ServerMessage> hear(std::size_t count) {
    run_until([&] { return heard().size() >= count; });
    return heard();
  }

  delivery::Sequence publish_document(const std::string& xml) {
    v1::EntryBody body;
    auto& alert = *body.mutable_alert_accepted();
    const auto content = std::make_shared<const std::string>(xml);
    const auto hash = journal::content_hash(*content);
    alert.set_publisher("relay");
    drills::testing::live().mark(alert);
    alert.mutable_summary()->set_status("Actual");
    alert.set_credential(admission::credential_of("relay"));
    alert.mutable_summary()->set_message_type("Alert");
    alert.set_content_sha256(hash.data(), hash.size());
    alert.mutable_summary()->set_identifier(std::to_string(++published_));
    alert.add_routing()->add_area_codes("362018");
    return append(body, content);
  }

  void tick(Clock::time_point now) {
    on_shard([&](delivery::Shard&) {
      if (const auto stream = stream_.lock()) stream->tick(now);
      return 0;
    });
  }

  Readings readings_;
  Subprotocol subprotocol_ = Subprotocol::protobuf;
  std::shared_ptr<wire::Connection> connection_;  // touched on the shard's thread only
  std::weak_ptr<Stream> stream_;
  int close_code_ = 0;  // what the hub closed with, once heard
};

}  // namespace noroshi::outlets::testing
