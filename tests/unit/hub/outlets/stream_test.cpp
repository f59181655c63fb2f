#include "hub/outlets/stream.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/hub/delivery/running_shard.hpp"
#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::outlets {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// A Stream on a real shard at one end of a real TLS connection; the test is the client at the
// other.
class StreamTest : public wire::testing::Loopback, public delivery::testing::RunningShard {
 protected:
  void TearDown() override { end(); }

  void open() {
    begin(16u << 20);
    open_both();
    auto handoff = std::make_shared<wire::Connection::Handoff>(server->release());
    server.reset();
    stream_ = on_shard([&](delivery::Shard& shard) {
      connection_ = wire::Connection::adopt(shard.context(), std::move(*handoff));
      auto stream = std::make_shared<Stream>(shard, connection_, "tv", credential_);
      shard.welcome(stream);
      connection_->start(*stream);
      return std::weak_ptr<Stream>(stream);
    });
  }

  void say(const v1::ClientMessage& message) {
    client->send(wire::client_frame(wire::Opcode::binary, message.SerializeAsString(), {}));
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
          if (message.opcode != wire::Opcode::binary) return;
          messages.emplace_back();
          EXPECT_TRUE(messages.back().ParseFromArray(message.payload.data(),
                                                     static_cast<int>(message.payload.size())));
        });
    EXPECT_TRUE(read);
    return messages;
  }

  // Waits until the hub has said as much.
  std::vector<v1::ServerMessage> hear(std::size_t count) {
    run_until([&] { return heard().size() >= count; });
    return heard();
  }

  void tick(Clock::time_point now) {
    on_shard([&](delivery::Shard&) {
      if (const auto stream = stream_.lock()) stream->tick(now);
      return 0;
    });
  }

  std::shared_ptr<wire::Connection> connection_;  // touched on the shard's thread only
  std::weak_ptr<Stream> stream_;
};

TEST_F(StreamTest, WelcomesAndDeliversTheAcceptedBytes) {
  open();
  const auto sequence = publish();
  hello();
  const auto messages = hear(2);
  ASSERT_TRUE(messages[0].has_welcome());
  EXPECT_EQ(messages[0].welcome().subscriber(), "tv");
  EXPECT_EQ(messages[0].welcome().epoch(), epoch);
  EXPECT_EQ(messages[0].welcome().head(), sequence);
  ASSERT_TRUE(messages[1].has_delivery());
  EXPECT_EQ(messages[1].delivery().sequence(), sequence);
  EXPECT_EQ(messages[1].delivery().cap_xml(), "1");
}

TEST_F(StreamTest, AHeartbeatSaysHowFarAllIsSentAndMayBeAcknowledged) {
  open();
  hello();
  hear(1);
  publish("131016");  // of no concern to tv
  const auto last = publish("131016");
  tick(Clock::now() + 16s);
  const auto beat = hear(2).back();
  ASSERT_TRUE(beat.has_heartbeat());
  EXPECT_EQ(beat.heartbeat().head(), last);
  EXPECT_GE(beat.heartbeat().through(), last);
  ack(beat.heartbeat().through());
  publish();
  EXPECT_TRUE(hear(3).back().has_delivery()) << "still welcome";
  ack(last + 1000);
  const auto end = hear(4).back();
  ASSERT_TRUE(end.has_goodbye());
  EXPECT_EQ(end.goodbye().code(), "protocol");
}

TEST_F(StreamTest, APeerSilentFor45SecondsIsDead) {
  open();
  hello();
  hear(1);
  tick(Clock::now() + 44s);
  EXPECT_FALSE(heard().back().has_goodbye());
  tick(Clock::now() + 46s);
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "dead");
  EXPECT_GT(heard().back().goodbye().retry_after_ms(), 0u);
}

TEST_F(StreamTest, APeerThatTalksAndTakesNothingFor45SecondsIsBlocked) {
  open();
  hello(1000);
  hear(1);
  client->pause_reading();
  const auto queued = [&] {
    return on_shard([&](delivery::Shard&) { return connection_->queued_bytes(); });
  };
  for (int i = 0; i < 400 && queued() == 0; ++i) publish("362018", 60'000);
  ASSERT_GT(queued(), 0u) << "the kernel's buffers never filled";
  const auto stopped = on_shard([&](delivery::Shard&) { return connection_->last_progress(); });
  run_until([&] { return Clock::now() > stopped + 200ms; });
  client->send(wire::client_frame(wire::Opcode::ping, "", {}));
  client->flush();
  run_until([&] {
    return on_shard([&](delivery::Shard&) { return connection_->last_received(); }) > stopped;
  });
  tick(stopped + 44s);
  EXPECT_FALSE(stream_.expired()) << "one second left";
  tick(stopped + 45s + 100ms);
  client->resume_reading();
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "blocked");
}

TEST_F(StreamTest, TheShardsEndSaysStoppingWithATimeToComeBack) {
  open();
  hello();
  hear(1);
  std::thread stopping([&] { end(); });
  run_until([&] { return client_handler.closed == 1; });
  stopping.join();
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "stopping");
  EXPECT_GE(heard().back().goodbye().retry_after_ms(), 500u);
}

struct Violation {
  std::string name;
  std::string bytes;
};

class StreamViolation : public StreamTest, public ::testing::WithParamInterface<Violation> {};

TEST_P(StreamViolation, EndsWithGoodbyeProtocol) {
  open();
  client->send(GetParam().bytes);
  client->flush();
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_FALSE(heard().empty());
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "protocol");
}

std::string framed(const v1::ClientMessage& message) {
  return wire::client_frame(wire::Opcode::binary, message.SerializeAsString(), {});
}

std::string ack_first() {
  v1::ClientMessage message;
  message.mutable_ack()->set_through(1);
  return framed(message);
}

std::string window_of(std::uint32_t window) {
  v1::ClientMessage message;
  message.mutable_hello()->set_window(window);
  return framed(message);
}

INSTANTIATE_TEST_SUITE_P(
    Table, StreamViolation,
    ::testing::Values(Violation{"AckBeforeHello", ack_first()},
                      Violation{"WindowTooLarge", window_of(4097)},
                      Violation{"SecondHello", window_of(1) + window_of(1)},
                      Violation{"EmptyMessage", framed({})},
                      Violation{"Garbage", std::string(64, '\xFF')},
                      Violation{"Unmasked", wire::server_frame(wire::Opcode::binary, "x")},
                      Violation{"Text", wire::client_frame(wire::Opcode::text, "{}", {})}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace noroshi::outlets
