#include "hub/outlets/stream.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "tests/unit/hub/outlets/open_stream.hpp"

namespace noroshi::outlets {
namespace {

using namespace std::chrono_literals;
using testing::Clock;
using testing::name_of;
using testing::OpenStream;

// What holds in both subprotocols.
class StreamTest : public OpenStream, public ::testing::WithParamInterface<Subprotocol> {
 protected:
  void open() { OpenStream::open(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Both, StreamTest,
                         ::testing::Values(Subprotocol::protobuf, Subprotocol::json),
                         [](const auto& test) { return name_of(test.param); });

TEST_P(StreamTest, WelcomesAndDeliversTheAcceptedBytes) {
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
  EXPECT_EQ(messages[1].delivery().summary().identifier(), "1");
  EXPECT_EQ(messages[1].delivery().cap_xml(), GetParam() == Subprotocol::protobuf ? "1" : "");
}

TEST_P(StreamTest, WhoIsBehindTheRingIsSentEverythingInOrder) {
  OpenStream::open(GetParam(), 1);
  std::vector<delivery::Sequence> sequences;
  for (int i = 0; i < 300; ++i) sequences.push_back(publish());
  hello(1000);
  const auto messages = hear(301);
  for (std::size_t i = 0; i < sequences.size(); ++i)
    ASSERT_EQ(messages[i + 1].delivery().sequence(), sequences[i]);
  EXPECT_GT(fanout_->totals().catch_up_reads, 0u);
}

TEST_P(StreamTest, TheWindowHoldsBackWhatIsNotAcknowledged) {
  open();
  hello(2);
  hear(1);
  const auto first = publish();
  publish();
  const auto third = publish();
  hear(3);
  tick(Clock::now() + 16s);
  EXPECT_LT(hear(4).back().heartbeat().through(), third);
  ack(first);
  EXPECT_EQ(hear(5).back().delivery().sequence(), third);
}

TEST_P(StreamTest, AProbeComesBehindTheAlertsBeforeItAndItsAckIsItsAnswer) {
  open();
  hello();
  hear(1);
  std::promise<delivery::ProbeReport> ended;
  const auto alert = publish();
  fanout_->probes().start(
      {}, [](const auto& begun) { EXPECT_TRUE(begun); },
      [&](delivery::ProbeReport report) { ended.set_value(std::move(report)); });
  const auto messages = hear(3);
  EXPECT_EQ(messages[1].delivery().sequence(), alert);
  ASSERT_TRUE(messages[2].has_probe());
  EXPECT_GT(messages[2].probe().sequence(), alert);
  ack(messages[2].probe().sequence());
  const auto report = ended.get_future().get();
  ASSERT_EQ(report.steps.size(), 1u);
  EXPECT_TRUE(report.steps[0].arrived);
  EXPECT_EQ(goodbyes("protocol"), 0u);
}

TEST_P(StreamTest, AHeartbeatSaysHowFarAllIsSentAndMayBeAcknowledged) {
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

TEST_P(StreamTest, APeerSilentFor45SecondsIsDead) {
  open();
  hello();
  hear(1);
  tick(Clock::now() + 44s);
  EXPECT_FALSE(heard().back().has_goodbye());
  tick(Clock::now() + 46s);
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "dead");
  EXPECT_EQ(goodbyes("dead"), 1u);
  EXPECT_GT(heard().back().goodbye().retry_after_ms(), 0u);
}

TEST_P(StreamTest, APeerThatTalksAndTakesNothingFor45SecondsIsBlocked) {
  open();
  hello(1000);
  hear(1);
  client->pause_reading();
  const auto queued = [&] {
    return on_shard([&](delivery::Shard&) { return connection_->queued_bytes(); });
  };
  const auto large = "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><note>" +
                     std::string(60'000, 'x') + "</note></alert>";
  for (int i = 0; i < 400 && queued() == 0; ++i) publish_document(large);
  run_until([&] { return queued() > 0; });  // the kernel's buffers are full
  run_until([&] { return fanout_->totals().queued_bytes_max > 0; });
  EXPECT_GE(fanout_->totals().queued_bytes, fanout_->totals().queued_bytes_max);
  EXPECT_GT(fanout_->totals().ring_bytes, large.size());
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
  EXPECT_EQ(goodbyes("blocked"), 1u);
}

TEST_P(StreamTest, TheShardsEndSaysStoppingWithATimeToComeBack) {
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
  std::vector<v1::ClientMessage> said;
};

v1::ClientMessage ack_first() {
  v1::ClientMessage message;
  message.mutable_ack()->set_through(1);
  return message;
}

v1::ClientMessage window_of(std::uint32_t window) {
  v1::ClientMessage message;
  message.mutable_hello()->set_window(window);
  return message;
}

class StreamViolation : public OpenStream,
                        public ::testing::WithParamInterface<std::tuple<Violation, Subprotocol>> {};

TEST_P(StreamViolation, EndsWithGoodbyeProtocol) {
  const auto& [violation, subprotocol] = GetParam();
  open(subprotocol);
  for (const auto& message : violation.said) say(message);
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_FALSE(heard().empty());
  EXPECT_EQ(heard().back().goodbye().code(), "protocol");
  EXPECT_EQ(goodbyes("protocol"), 1u);
  EXPECT_EQ(close_code_, 1008);
}

INSTANTIATE_TEST_SUITE_P(
    Table, StreamViolation,
    ::testing::Combine(::testing::Values(Violation{"AckBeforeHello", {ack_first()}},
                                         Violation{"WindowTooLarge", {window_of(4097)}},
                                         Violation{"SecondHello", {window_of(1), window_of(1)}},
                                         Violation{"EmptyMessage", {{}}}),
                       ::testing::Values(Subprotocol::protobuf, Subprotocol::json)),
    [](const auto& test) {
      return std::get<0>(test.param).name + name_of(std::get<1>(test.param));
    });

}  // namespace
}  // namespace noroshi::outlets
