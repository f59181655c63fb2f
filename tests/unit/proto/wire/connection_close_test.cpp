#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::wire::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class CloseTest : public Loopback {
 protected:
  void settle() {
    run_until([&] { return server_handler.closed > 0 && client_handler.closed > 0; });
    io.restart();
    io.poll();
    EXPECT_EQ(server_handler.closed, 1);
    EXPECT_EQ(client_handler.closed, 1);
  }
  // Queues until the kernel takes no more, the other end not reading.
  static std::size_t fill(Connection& from) {
    const Frame frame = std::make_shared<const std::string>(std::string(256 * 1024, 'x'));
    std::size_t sent = 0;
    while (from.queued_bytes() == 0 && sent < 256 * 1024 * 1024) {
      from.send(frame);
      from.flush();
      sent += frame->size();
    }
    return sent;
  }
};

TEST_F(CloseTest, ClosingIsToldOnceFromTheLoopAndIsOrderlyForThePeer) {
  open_both();
  server->close("enough");
  server->close("again");
  EXPECT_FALSE(server->open());
  EXPECT_EQ(server_handler.closed, 0) << "called from inside close()";
  settle();
  EXPECT_EQ(server_handler.reason, "enough");
  EXPECT_EQ(client_handler.reason, "");
}

TEST_F(CloseTest, AHandlerMayCloseInsideOnBytes) {
  open_both();
  server_handler.when_bytes = [&] { server->close("heard enough"); };
  client->send(pattern_bytes(200'000, 1));
  client->flush();
  settle();
  EXPECT_EQ(server_handler.reason, "heard enough");
  EXPECT_LE(server_handler.received.size(), 16U * 1024);
}

TEST_F(CloseTest, AHandlerMayCloseInsideOnOpenAndOnDrained) {
  make_ends();
  server_handler.when_open = [&] {
    server->send("x");
    server->flush();
    server->tell_when_drained();
  };
  server_handler.when_drained = [&] { server->close("sent"); };
  client_handler.when_open = [&] { client->close("opened"); };
  start_both();
  settle();
  EXPECT_EQ(client_handler.reason, "opened");
}

TEST_F(CloseTest, AfterFlushEverythingArrivesBeforeTheEnd) {
  open_both();
  const std::string last_words = pattern_bytes(3'000'000, 2);
  server->send(last_words);
  server->close_after_flush(30s);
  server->send("too late");
  EXPECT_EQ(server_handler.closed, 0);
  settle();
  EXPECT_TRUE(client_handler.received == last_words);
  EXPECT_EQ(server_handler.reason, "");
  EXPECT_EQ(client_handler.reason, "");
}

TEST_F(CloseTest, APeerThatIsStillSendingReadsTheLastWords) {
  open_both();
  server_handler.when_bytes = [&] {
    server->send("refused");
    server->close_after_flush(30s);
  };
  // The answer waits at the client while it goes on sending: a reset would meet it there.
  client->pause_reading();
  client->send(pattern_bytes(20'000'000, 3));
  client->flush();
  client->tell_when_drained();
  run_until([&] { return client_handler.drained > 0 || client_handler.closed > 0; });
  client->resume_reading();
  settle();
  EXPECT_EQ(client_handler.received, "refused");
  EXPECT_EQ(server_handler.reason, "");
}

TEST_F(CloseTest, AfterFlushEndsAtTheLimitWhenThePeerTakesNothing) {
  open_both();
  client->pause_reading();
  fill(*server);
  ASSERT_GT(server->queued_bytes(), 0U);
  server->close_after_flush(20ms);
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_THAT(server_handler.reason, HasSubstr("in time"));
}

TEST_F(CloseTest, AfterFlushEndsAtTheLimitWhenThePeerNeverEnds) {
  open_both();
  client->pause_reading();
  server->send("bye");
  server->close_after_flush(20ms);
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_EQ(server_handler.reason, "");
}

TEST_F(CloseTest, AFinWithoutCloseNotifyIsAnOrderlyEnd) {
  open_both();
  // With something unread, as the session ticket, closing would send a reset instead.
  server->send("greeting");
  server->flush();
  run_until([&] { return client_handler.received == "greeting"; });
  client->send("last");
  client->flush();
  const Connection::Handoff handoff = client->release();
  ::close(handoff.descriptor);
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_EQ(server_handler.received, "last");
  EXPECT_EQ(server_handler.reason, "");
}

TEST_F(CloseTest, AResetHasAReason) {
  open_both();
  const Connection::Handoff handoff = client->release();
  const ::linger at_once{1, 0};
  ::setsockopt(handoff.descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(handoff.descriptor);
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_THAT(server_handler.reason, HasSubstr("reset"));
}

// SIGPIPE has its default meaning here: it would end this test.
TEST_F(CloseTest, WritingToAPeerThatIsGoneIsNoSignal) {
  open_both();
  server->pause_reading();
  const Connection::Handoff handoff = client->release();
  const ::linger at_once{1, 0};
  ::setsockopt(handoff.descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(handoff.descriptor);
  for (int attempt = 0; attempt < 3 && server->open(); ++attempt) {
    server->send("is anybody there?");
    server->flush();
    EXPECT_EQ(server_handler.closed, 0) << "called from inside flush()";
  }
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_NE(server_handler.reason, "");
  EXPECT_EQ(server->queued_bytes(), 0U);
}

TEST_F(CloseTest, AnAbandonedHandlerIsNeverCalled) {
  open_both();
  auto handler = std::make_unique<Recorder>();
  server->start(*handler);
  client->send("unheard");
  client->flush();
  server->abandon();
  handler.reset();
  run_until([&] { return client_handler.closed == 1; });
  EXPECT_EQ(server_handler.closed, 0);
}

TEST_F(CloseTest, StartingAClosedConnectionReportsItsEnd) {
  make_ends();
  server->close("before it began");
  server->start(server_handler);
  EXPECT_EQ(server_handler.closed, 0);
  run_until([&] { return server_handler.closed == 1; });
  EXPECT_EQ(server_handler.reason, "before it began");
}

TEST_F(CloseTest, DuringTheHandshakeItClosesAtOnce) {
  make_ends();
  start_both();
  client->close_after_flush(30s);
  settle();
  EXPECT_THAT(server_handler.reason, HasSubstr("TLS handshake"));
}

TEST_F(CloseTest, AClosedConnectionIsFreed) {
  open_both();
  const std::weak_ptr<Connection> watched = server;
  server->close("");
  settle();
  server.reset();
  io.restart();
  io.poll();
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace noroshi::wire::testing
