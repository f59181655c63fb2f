#include "subscribers/client/receiver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

#include "tests/unit/subscribers/stream_server.hpp"

namespace noroshi::subscribers {
namespace {

namespace pb = noroshi::v1;
using namespace std::chrono_literals;
using testing::Caller;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::StreamServer;

// Keeps sequences in memory. Written by the store's thread, read after the receiver has ended or
// from the loop about what was settled before its acknowledgement.
class Memory final : public Store {
 public:
  Result<void> begin(const pb::Welcome&) override {
    return refusal ? Result<void>(tl::unexpected(*refusal)) : Result<void>();
  }
  Result<void> take(const Item& item) override {
    const std::lock_guard lock(mutex_);
    if (item.position.sequence == fails_at) return failure(ErrorCode::io, "disk full");
    taken_.push_back(item.position.sequence);
    return {};
  }
  Result<void> settle(const Position& through) override {
    const std::lock_guard lock(mutex_);
    settled_ = through.sequence;
    return {};
  }
  std::size_t group_max() const override { return 2; }

  std::vector<std::uint64_t> taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }
  std::uint64_t settled() const {
    const std::lock_guard lock(mutex_);
    return settled_;
  }

  std::optional<Error> refusal;
  std::uint64_t fails_at = 0;

 private:
  mutable std::mutex mutex_;
  std::vector<std::uint64_t> taken_;
  std::uint64_t settled_ = 0;
};

struct Notes final : Listener {
  void on_connected(const pb::Welcome&, std::optional<std::chrono::milliseconds> gone) override {
    ++connections;
    if (gone) ++comebacks;
  }
  void on_lost(const Fault& fault, std::chrono::milliseconds retry_in) override {
    faults.push_back(fault.kind);
    waits.push_back(retry_in);
  }
  void on_log_changed(const pb::Welcome&) override { ++logs_changed; }
  void on_ended(const Ending& why) override {
    ending = why;
    then();
  }

  int connections = 0;
  int comebacks = 0;
  int logs_changed = 0;
  std::vector<Fault::Kind> faults;
  std::vector<std::chrono::milliseconds> waits;
  std::optional<Ending> ending;
  std::function<void()> then;
};

// A receiver and a hub of the test's making on one loop.
class ReceiverTest : public ::testing::Test {
 protected:
  void run(StreamServer::OnHello hello) {
    server.emplace(context, std::move(hello));
    if (on_ack) server->on_ack = on_ack;
    if (on_upgrade) server->on_upgrade = on_upgrade;
    ReceiverSettings settings{
        .link = {.hub = {"127.0.0.1", server->port(), "127.0.0.1"},
                 .tls = wire::TlsContext::client(ca.value_or(server->ca())).value(),
                 .token = "secret",
                 .silence_limit = silence_limit},
        .session = session,
        .count_max = count_max,
        .backoff_first = 2ms,
        .backoff_most = 20ms};
    receiver.emplace(context, std::move(settings), store, notes);
    notes.then = [this] { server->stop(); };
    receiver->start();
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!notes.ending && context.run_one_until(deadline) > 0) continue;
    ASSERT_TRUE(notes.ending) << "the receiver did not end";
    context.run_for(100ms);  // the server's last reads; ends at once when there are none
  }

  Caller& caller(std::size_t nth) { return *server->callers().at(nth - 1); }

  boost::asio::io_context context;
  Session::Settings session;
  std::uint64_t count_max = 1'000;
  Memory store;
  Notes notes;
  std::chrono::milliseconds silence_limit = 45s;
  std::optional<std::filesystem::path> ca;
  std::function<void(Caller&, std::uint64_t)> on_ack;
  std::function<wire::Response(const wire::Request&, wire::Response)> on_upgrade;
  std::optional<StreamServer> server;
  std::optional<Receiver> receiver;
};

TEST_F(ReceiverTest, StoresThenAcknowledgesAndEndsWhenItHasEnough) {
  count_max = 3;
  on_ack = [this](Caller&, std::uint64_t through) { EXPECT_LE(through, store.settled()); };
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 14);
    caller.deliver(11, "<a/>");
    caller.pass(12);
    caller.deliver(14, "<b/>");
    caller.deliver(15, "<not wanted/>");
  });
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(store.taken(), ElementsAre(11, 12, 14));
  EXPECT_EQ(caller(1).acknowledged().back(), 14u);
  EXPECT_EQ(wire::find(caller(1).request().fields, "Authorization"), "Bearer secret");
}

TEST_F(ReceiverTest, ResumesAfterACutAndStoresNothingTwice) {
  count_max = 3;
  std::vector<std::uint64_t> resumed;
  on_ack = [](Caller& caller, std::uint64_t through) {
    if (through == 11) caller.cut();
  };
  run([&](Caller& caller, const pb::Hello& hello, int nth) {
    if (hello.has_resume_after()) resumed.push_back(hello.resume_after());
    caller.welcome(7, nth == 1 ? 10 : hello.resume_after(), 13);
    caller.deliver(11, "<a/>");
    if (nth == 1) return;
    caller.deliver(12, "<b/>");
    caller.deliver(13, "<c/>");
  });
  EXPECT_THAT(resumed, ElementsAre(11));
  EXPECT_THAT(store.taken(), ElementsAre(11, 12, 13));
  EXPECT_THAT(notes.faults, ElementsAre(Fault::Kind::cut));
  EXPECT_EQ(notes.comebacks, 1);
}

TEST_F(ReceiverTest, StopsForGoodWhenAnotherReceiverTakesOver) {
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.deliver(11, "<a/>");
    caller.goodbye("replaced", 0);
  });
  EXPECT_EQ(notes.ending->kind, Ending::Kind::replaced);
  EXPECT_EQ(server->callers().size(), 1u);
  EXPECT_THAT(notes.faults, IsEmpty());
}

TEST_F(ReceiverTest, ComesBackAfterTheTimeAStoppingHubNames) {
  count_max = 1;
  run([](Caller& caller, const pb::Hello&, int nth) {
    caller.welcome(7, 10, 11);
    if (nth == 1) return caller.goodbye("stopping", 30);
    caller.deliver(11, "<a/>");
  });
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(notes.waits, ElementsAre(30ms));
  EXPECT_THAT(notes.faults, ElementsAre(Fault::Kind::goodbye));
}

TEST_F(ReceiverTest, BeginsAfterTheHeadWhenAskedForNow) {
  count_max = 1;
  session.beginning.kind = Beginning::Kind::now;
  run([](Caller& caller, const pb::Hello& hello, int nth) {
    caller.welcome(7, nth == 1 ? 10 : hello.resume_after(), 14);
    for (auto sequence = nth == 1 ? 11u : hello.resume_after() + 1; sequence <= 15; ++sequence)
      caller.deliver(sequence, "<a/>");
  });
  EXPECT_THAT(store.taken(), ElementsAre(15));
}

TEST_F(ReceiverTest, AnswersHeartbeatsAndPingsWithNothingToDeliver) {
  on_ack = [](Caller& caller, std::uint64_t through) {
    EXPECT_EQ(through, 12u);
    caller.goodbye("replaced", 0);
  };
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 12);
    caller.send_frame(wire::Opcode::ping, "are you there");
    caller.beat(12, 12);
  });
  EXPECT_THAT(caller(1).acknowledged(), ElementsAre(12));
  EXPECT_THAT(caller(1).pongs(), ElementsAre("are you there"));
}

TEST_F(ReceiverTest, TreatsSilenceAsALostHub) {
  silence_limit = 30ms;
  count_max = 1;
  run([](Caller& caller, const pb::Hello&, int nth) {
    caller.welcome(7, 10, 11);
    if (nth > 1) caller.deliver(11, "<a/>");
  });
  EXPECT_EQ(notes.faults.at(0), Fault::Kind::silent);
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
}

TEST_F(ReceiverTest, DoesNotAcknowledgeWhatTheStoreCouldNotKeep) {
  store.fails_at = 13;
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 14);
    for (std::uint64_t sequence = 11; sequence <= 14; ++sequence) caller.deliver(sequence, "<a/>");
  });
  ASSERT_EQ(notes.ending->kind, Ending::Kind::store_failed);
  EXPECT_EQ(notes.ending->error->detail, "disk full");
  EXPECT_THAT(store.taken(), ElementsAre(11, 12));
  EXPECT_EQ(caller(1).acknowledged().back(), 12u);
}

TEST_F(ReceiverTest, EndsBeforeAnythingIsTakenWhenTheStoreRefusesTheStream) {
  store.refusal = Error{ErrorCode::conflict, "another log"};
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(8, 10, 11);
    caller.deliver(11, "<a/>");
  });
  ASSERT_EQ(notes.ending->kind, Ending::Kind::store_failed);
  EXPECT_EQ(notes.ending->error->code, ErrorCode::conflict);
  EXPECT_THAT(store.taken(), IsEmpty());
  EXPECT_THAT(caller(1).acknowledged(), IsEmpty());
}

TEST_F(ReceiverTest, EndsWhenTheHubDoesNotAcceptTheToken) {
  on_upgrade = [](const wire::Request&, const wire::Response&) {
    return wire::Response{401, {}, R"({"code":"auth.required","detail":"no"})"};
  };
  run([](Caller&, const pb::Hello&, int) { FAIL() << "never upgraded"; });
  EXPECT_EQ(notes.ending->kind, Ending::Kind::not_allowed);
  EXPECT_EQ(notes.ending->fault->detail, "401 auth.required: no");
}

TEST_F(ReceiverTest, WaitsAsLongAsABusyHubAsks) {
  count_max = 1;
  int upgrades = 0;
  on_upgrade = [&upgrades](const wire::Request&, wire::Response response) {
    if (++upgrades > 1) return response;
    return wire::Response{503, {{"Retry-After", "1"}}, R"({"code":"starting"})"};
  };
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.deliver(11, "<a/>");
  });
  EXPECT_THAT(notes.waits, ElementsAre(1000ms));
}

TEST_F(ReceiverTest, SendsNoTokenToAHubItDoesNotTrust) {
  const wire::testing::ScratchDirectory elsewhere;
  ca = wire::testing::Authority(elsewhere.path(), "stranger").certificate();
  run([](Caller&, const pb::Hello&, int) { FAIL() << "never upgraded"; });
  ASSERT_EQ(notes.ending->kind, Ending::Kind::untrusted);
  EXPECT_EQ(notes.ending->fault->kind, Fault::Kind::certificate_untrusted);
  EXPECT_EQ(caller(1).request().method, "");
}

TEST_F(ReceiverTest, StopsInOrderWhenAsked) {
  on_ack = [this](Caller&, std::uint64_t) { receiver->stop(); };
  run([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.deliver(11, "<a/>");
  });
  EXPECT_EQ(notes.ending->kind, Ending::Kind::asked);
  EXPECT_TRUE(caller(1).closed());
}

}  // namespace
}  // namespace noroshi::subscribers
