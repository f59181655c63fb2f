#include <gmock/gmock.h>
#include <sys/ioctl.h>

#include <boost/asio/post.hpp>
#include <random>
#include <thread>

#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::wire::testing {
namespace {

constexpr std::size_t megabyte = 1024 * 1024;

class TransferTest : public Loopback {
 protected:
  // Cuts `bytes` into frames of 1 byte to 40 kB and queues them, flushing now and then.
  void send_in_pieces(Connection& from, const std::string& bytes, unsigned seed) {
    std::mt19937 random(seed);
    std::size_t at = 0;
    while (at < bytes.size()) {
      const std::size_t most = random() % 3 == 0 ? 40'000 : 300;
      const std::size_t size = std::min<std::size_t>(1 + random() % most, bytes.size() - at);
      from.send(bytes.substr(at, size));
      if (random() % 4 == 0) from.flush();
      at += size;
    }
    from.flush();
  }
};

TEST_F(TransferTest, LargeTransfersBothWaysArriveByteByByte) {
  open_both();
  const std::string down = pattern_bytes(8 * megabyte, 1);
  const std::string up = pattern_bytes(5 * megabyte, 2);
  send_in_pieces(*server, down, 3);
  send_in_pieces(*client, up, 4);
  run_until([&] {
    return server_handler.received.size() == up.size() &&
           client_handler.received.size() == down.size();
  });
  EXPECT_TRUE(client_handler.received == down);
  EXPECT_TRUE(server_handler.received == up);
}

TEST_F(TransferTest, ABlockedWriteGoesOnWhereItStoppedWhileMoreIsQueued) {
  open_both();
  client->pause_reading();
  std::string sent;
  // Small frames while blocked: the retried record must begin with the same bytes.
  for (unsigned round = 0; round < 6000; ++round) {
    const std::string piece = pattern_bytes(1 + round % 3000, round);
    server->send(piece);
    server->flush();
    sent += piece;
    if (round % 16 == 0) io.poll();
  }
  ASSERT_GT(server->queued_bytes(), 0U) << "the kernel took everything: nothing was blocked";
  const auto stuck_since = server->last_progress();
  server->tell_when_drained();
  io.poll();
  EXPECT_EQ(server->last_progress(), stuck_since);
  EXPECT_EQ(server_handler.drained, 0);

  client->resume_reading();
  run_until([&] { return client_handler.received.size() == sent.size(); });
  EXPECT_TRUE(client_handler.received == sent);
  EXPECT_EQ(server->queued_bytes(), 0U);
  EXPECT_GT(server->last_progress(), stuck_since);
  EXPECT_EQ(server_handler.drained, 1);
}

// The queue is empty long before the kernel has taken what TLS made of it.
TEST_F(TransferTest, WhatTlsHasTakenAndTheKernelHasNotIsQueuedAndArrives) {
  open_both();
  std::size_t sent = 0;
  for (unsigned round = 0; round < 200; ++round) {
    client->pause_reading();
    const std::string piece = pattern_bytes(200'000 + 1000 * round, round);
    server->send(piece);
    server->flush();
    server->tell_when_drained();
    sent += piece.size();
    client->resume_reading();
    run_until([&] { return client_handler.received.size() == sent; });
    run_until([&] { return server_handler.drained == static_cast<int>(round) + 1; });
    ASSERT_EQ(server->queued_bytes(), 0U);
  }
}

TEST_F(TransferTest, APausedReaderHearsNothingUntilItResumes) {
  open_both();
  client->pause_reading();
  server->send("held back");
  server->flush();
  server->tell_when_drained();
  run_until([&] { return server_handler.drained == 1; });
  io.poll();
  EXPECT_EQ(client_handler.received, "");
  client->resume_reading();
  run_until([&] { return client_handler.received == "held back"; });
}

TEST_F(TransferTest, PausingInsideOnBytesLosesNothing) {
  open_both();
  const std::string bytes = pattern_bytes(megabyte, 9);
  client_handler.when_bytes = [&] { client->pause_reading(); };
  send_in_pieces(*server, bytes, 10);
  run_until([&] {
    client->resume_reading();
    return client_handler.received.size() == bytes.size();
  });
  EXPECT_TRUE(client_handler.received == bytes);
}

TEST_F(TransferTest, DrainedIsToldFromTheLoopAndMaySendAgain) {
  open_both();
  int rounds = 0;
  server_handler.when_drained = [&] {
    if (++rounds == 50) return;
    server->send("tick ");
    server->flush();
    server->tell_when_drained();
  };
  server->send("tick ");
  server->flush();
  server->tell_when_drained();
  EXPECT_EQ(rounds, 0) << "called from inside tell_when_drained()";
  run_until([&] { return rounds == 50 && client_handler.received.size() == 250; });
}

TEST_F(TransferTest, DrainedIsToldOnceForEachTimeItIsAskedFor) {
  open_both();
  server->send("nobody asks");
  server->flush();
  run_until([&] { return client_handler.received == "nobody asks"; });
  EXPECT_EQ(server_handler.drained, 0);
  server->tell_when_drained();
  run_until([&] { return server_handler.drained == 1; });
  server->send(".");
  server->flush();
  run_until([&] { return client_handler.received == "nobody asks."; });
  EXPECT_EQ(server_handler.drained, 1);
}

TEST_F(TransferTest, WhatIsQueuedBeforeTheHandshakeGoesOutAfterIt) {
  make_ends();
  client->send("early");
  client->flush();
  EXPECT_EQ(client->queued_bytes(), 5U);
  start_both();
  run_until([&] { return server_handler.received == "early"; });
}

TEST_F(TransferTest, OneFrameServesManyConnections) {
  open_both();
  const Frame frame = std::make_shared<const std::string>("the same bytes");
  server->send(frame);
  client->send(frame);
  EXPECT_EQ(frame.use_count(), 3);
  server->flush();
  client->flush();
  EXPECT_EQ(frame.use_count(), 1);
  run_until([&] { return client_handler.received == *frame && server_handler.received == *frame; });
}

TEST_F(TransferTest, AnotherHandlerTakesOverFromInsideOnBytes) {
  open_both();
  Recorder second;
  server_handler.when_bytes = [&] { server->start(second); };
  client->send("first");
  client->flush();
  run_until([&] { return server_handler.received == "first"; });
  client->send("second");
  client->flush();
  run_until([&] { return second.received == "second"; });
  EXPECT_EQ(server_handler.received, "first");
  EXPECT_EQ(second.opened, 0);
}

class HandoffTest : public TransferTest {};

TEST_F(HandoffTest, BytesInsideOpenSslMoveWithTheConnection) {
  open_both();
  Connection::Handoff handoff = server->release();
  constexpr std::size_t tls13_overhead = 22;  // header, content type and tag of a record
  std::string sent;
  std::size_t on_the_wire = 0;
  for (int record = 0; record < 40; ++record) {
    const std::string piece = "record " + std::to_string(record) + ";";
    client->send(piece);
    client->flush();
    sent += piece;
    on_the_wire += piece.size() + tls13_overhead;
  }
  run_until([&] {
    int waiting = 0;
    ::ioctl(handoff.descriptor, FIONREAD, &waiting);
    return static_cast<std::size_t>(waiting) == on_the_wire;
  });

  // Reads everything off the descriptor, hands on one record, and moves: the descriptor will never
  // become readable again for the rest.
  Recorder first;
  std::optional<Connection::Handoff> again;
  server = Connection::adopt(io, std::move(handoff));
  first.when_bytes = [&] { again = server->release(); };
  server->start(first);
  run_until([&] { return again.has_value(); });
  ASSERT_EQ(first.received, "record 0;");
  int waiting = -1;
  ::ioctl(again->descriptor, FIONREAD, &waiting);
  ASSERT_EQ(waiting, 0);

  Recorder second;
  server = Connection::adopt(other_io, std::move(*again));
  EXPECT_TRUE(server->open());
  server->start(second);
  run_until([&] { return first.received.size() + second.received.size() == sent.size(); });
  EXPECT_EQ(first.received + second.received, sent);
  EXPECT_EQ(second.opened, 0);
  EXPECT_EQ(first.closed, 0);
}

TEST_F(HandoffTest, AConnectionGoesOnBothWaysOnAnotherContext) {
  open_both();
  Recorder second;
  server = Connection::adopt(other_io, server->release());
  server->start(second);
  const std::string up = pattern_bytes(megabyte, 5);
  const std::string down = pattern_bytes(2 * megabyte, 6);
  send_in_pieces(*client, up, 7);
  send_in_pieces(*server, down, 8);
  run_until([&] {
    return second.received.size() == up.size() && client_handler.received.size() == down.size();
  });
  EXPECT_TRUE(second.received == up);
  EXPECT_TRUE(client_handler.received == down);
  EXPECT_EQ(server_handler.closed, 0);
  EXPECT_EQ(server->peer_address(), "127.0.0.1");
}

TEST_F(HandoffTest, TheOtherContextMayBelongToAnotherThread) {
  open_both();
  const std::string up = pattern_bytes(megabyte, 11);
  Recorder echo;
  std::shared_ptr<Connection> moved;
  echo.when_bytes = [&] {
    moved->send(std::exchange(echo.received, {}));
    moved->flush();
  };
  boost::asio::io_context shard_io{1};
  boost::asio::post(shard_io, [&, handoff = server->release()]() mutable {
    moved = Connection::adopt(shard_io, std::move(handoff));
    moved->start(echo);
  });
  std::thread shard([&] { shard_io.run(); });
  send_in_pieces(*client, up, 12);
  run_until([&] { return client_handler.received.size() >= up.size(); });
  client->close("");
  shard.join();  // the loop ends with the connection, its only work
  EXPECT_TRUE(client_handler.received == up);
  EXPECT_EQ(echo.closed, 1);
  EXPECT_EQ(server_handler.closed, 0);
}

TEST_F(HandoffTest, WhatCameWhileNobodyWatchedIsRead) {
  open_both();
  Connection::Handoff handoff = server->release();
  client->send("into the gap");
  client->flush();
  io.poll();
  Recorder second;
  server = Connection::adopt(other_io, std::move(handoff));
  server->start(second);
  run_until([&] { return second.received == "into the gap"; });
}

}  // namespace
}  // namespace noroshi::wire::testing
