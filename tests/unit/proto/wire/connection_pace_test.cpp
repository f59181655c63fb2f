#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::wire::testing {
namespace {

class PaceTest : public Loopback {
 protected:
  static constexpr std::size_t pace = 1024;

  // What the client says in records of their own.
  void say(std::size_t records, std::size_t bytes_each) {
    for (std::size_t i = 0; i < records; ++i) {
      client->send(pattern_bytes(bytes_each, static_cast<unsigned>(i)));
      client->flush();
    }
  }
};

TEST_F(PaceTest, WhatAPeerSaysTooFastIsReadInTimeAndInOrder) {
  open_both();
  server->pace_reading(pace);
  std::string said;
  for (unsigned i = 0; i < 40; ++i) said += pattern_bytes(500, i);
  say(40, 500);
  run_until([&] { return server_handler.received.size() == said.size(); });
  EXPECT_EQ(server_handler.received, said);
}

// A second of flood is there at once; turns of the loop without any waiting read a small part of
// it.
TEST_F(PaceTest, APeerThatFloodsWaitsForTheNextSlice) {
  open_both();
  server->pace_reading(pace);
  say(200, 500);
  run_until([&] { return !server_handler.received.empty(); });
  io.restart();
  for (int turn = 0; turn < 1000; ++turn) io.poll_one();
  EXPECT_LT(server_handler.received.size(), 200U * 500 / 2);
  run_until([&] { return server_handler.received.size() == 200U * 500; });
}

TEST_F(PaceTest, ARecordLargerThanThePaceIsReadWhole) {
  open_both();
  server->pace_reading(pace);
  const auto said = pattern_bytes(100'000, 3);
  client->send(said);
  client->flush();
  run_until([&] { return server_handler.received.size() == said.size(); });
  EXPECT_EQ(server_handler.received, said);
}

TEST_F(PaceTest, AConnectionMayBeClosedPausedAndResumedWhileItRests) {
  open_both();
  server->pace_reading(pace);
  server_handler.when_bytes = [&] { server->pause_reading(); };
  say(10, 2000);
  run_until([&] { return !server_handler.received.empty(); });
  server_handler.when_bytes = [] {};
  server->resume_reading();
  run_until([&] { return server_handler.received.size() >= 4000; });
  server->close("enough");
  run_until([&] { return server_handler.closed > 0 && client_handler.closed > 0; });
  EXPECT_EQ(server_handler.reason, "enough");
}

}  // namespace
}  // namespace noroshi::wire::testing
