// What a receiver knows of what it handed on: through the hub's time, kill -9 and receipts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

#include "subscribers/client/folder.hpp"
#include "tests/unit/subscribers/documents.hpp"
#include "tests/unit/subscribers/stream_server.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
namespace pb = noroshi::v1;
using namespace std::chrono_literals;
using testing::Caller;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::plain;
using testing::StreamServer;

constexpr std::int64_t noon = 1'795'316'400;  // in seconds
constexpr std::int64_t expiry = noon + 6 * 3600;

pb::ServerMessage delivery(std::uint64_t sequence, const std::string& identifier,
                           const std::string& xml,
                           const std::vector<std::uint64_t>& references = {},
                           const std::string& kind = "Alert") {
  pb::ServerMessage message;
  auto& delivery = *message.mutable_delivery();
  delivery.set_sequence(sequence);
  delivery.set_publisher("362018");
  delivery.set_cap_xml(xml);
  delivery.mutable_summary()->set_identifier(identifier);
  delivery.mutable_summary()->set_sender("example.org");
  delivery.mutable_summary()->set_message_type(kind);
  for (const auto reference : references)
    delivery.mutable_summary()->add_referenced_sequences(reference);
  return message;
}

void welcome(Caller& caller, std::int64_t hub_time, std::uint64_t cursor, std::uint64_t head,
             std::uint64_t epoch = 7) {
  pb::ServerMessage message;
  auto& welcome = *message.mutable_welcome();
  welcome.set_subscriber("demo-tv");
  welcome.set_channel("live");
  welcome.set_epoch(epoch);
  welcome.set_cursor(cursor);
  welcome.set_head(head);
  welcome.mutable_hub_time()->set_seconds(hub_time);
  caller.send(message);
}

void beat(Caller& caller, std::int64_t hub_time, std::uint64_t head) {
  pb::ServerMessage message;
  message.mutable_heartbeat()->mutable_hub_time()->set_seconds(hub_time);
  message.mutable_heartbeat()->set_through(head);
  message.mutable_heartbeat()->set_head(head);
  caller.send(message);
}

// Keeps alerts in a folder and what it is told of states in memory; ends when told to.
class Watching final : public Store {
 public:
  explicit Watching(Folder folder) : folder_(std::move(folder)) {}

  Result<void> begin(const pb::Welcome& welcome) override { return folder_.begin(welcome); }
  Result<void> take(const Item& item) override {
    const std::lock_guard lock(mutex_);
    taken_.push_back(item.position.sequence);
    return folder_.take(item);
  }
  Result<void> settle(const Position& through) override { return folder_.settle(through); }
  std::size_t group_max() const override { return 64; }
  Result<std::vector<Said>> stands(const std::vector<Held>& changes, const Standing&) override {
    if (fails && !changes.empty()) return failure(ErrorCode::io, "killed here");
    const std::lock_guard lock(mutex_);
    for (const auto& held : changes) {
      seen_.push_back(std::to_string(held.positions.at(0).sequence) + " " +
                      std::string(name(held.state)));
      if (seen_.back() == until) on_until();
    }
    return std::vector<Said>{};
  }

  std::vector<std::string> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  std::vector<std::uint64_t> taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

  bool fails = false;
  std::string until;
  std::function<void()> on_until = [] {};

 private:
  Folder folder_;
  mutable std::mutex mutex_;
  std::vector<std::string> seen_;
  std::vector<std::uint64_t> taken_;
};

struct Notes final : Listener {
  void on_connected(const pb::Welcome&, std::optional<std::chrono::milliseconds>) override {}
  void on_lost(const Fault&, std::chrono::milliseconds) override {}
  void on_log_changed(const pb::Welcome&) override {}
  void on_ended(const Ending& why) override {
    ending = why;
    then();
  }
  std::optional<Ending> ending;
  std::function<void()> then;
};

class StatesTest : public ::testing::Test {
 protected:
  // One run of a receiver on the folder, until the state `until` was told; what was seen of it.
  std::vector<std::string> run(const StreamServer::OnHello& hello, const std::string& until,
                               bool fails = false) {
    boost::asio::io_context context;
    StreamServer server(context, hello);
    auto folder = Folder::open(folder_path()).value();
    ReceiptFolder receipts(folder_path() / "receipts");
    auto index = StandingIndex::open(folder_path() / "index.json").value();
    ReceiverSettings settings{.link = {.hub = {"127.0.0.1", server.port(), "127.0.0.1"},
                                       .tls = wire::TlsContext::client(server.ca()).value(),
                                       .token = "secret"},
                              .session = {.position = folder.position()},
                              .backoff_first = 2ms,
                              .backoff_most = 20ms,
                              .receipts = &receipts,
                              .on_air = "tv.lshape",
                              .standing = &index,
                              .time_step = 5ms};
    Watching store(std::move(folder));
    Notes notes;
    notes.then = [&] { server.stop(); };
    Receiver receiver(context, std::move(settings), store, notes);
    store.fails = fails;
    store.until = until;
    store.on_until = [&] { boost::asio::post(context, [&] { receiver.stop(); }); };
    receiver.start();
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!notes.ending && context.run_one_until(deadline) > 0) continue;
    EXPECT_TRUE(notes.ending) << "the receiver did not end";
    context.run_for(50ms);
    ending = notes.ending;
    taken = store.taken();
    return store.seen();
  }

  std::vector<std::string> receipts() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_path() / "receipts" / "live" / "7"))
      names.push_back(entry.path().filename());
    return names;
  }

  fs::path folder_path() const { return scratch_.path() / "alerts"; }

  std::optional<Ending> ending;
  std::vector<std::uint64_t> taken;

 private:
  wire::testing::ScratchDirectory scratch_;
};

TEST_F(StatesTest, TimeIsTheHubsAndEndsWhatRunsOut) {
  const auto seen = run(
      [](Caller& caller, const pb::Hello&, int) {
        welcome(caller, noon, 10, 11);
        caller.send(delivery(11, "x-1", plain("")));
        beat(caller, expiry + 1, 11);
      },
      "11 expired");
  EXPECT_THAT(seen, ElementsAre("11 stands", "11 expired"));
  EXPECT_THAT(receipts(), Contains("7-11-tv.lshape-withdrawn"));
}

TEST_F(StatesTest, ACancelTakesOffAirWhatItCancels) {
  const auto seen = run(
      [](Caller& caller, const pb::Hello&, int) {
        welcome(caller, noon, 10, 12);
        caller.send(delivery(11, "x-1", plain("")));
        caller.send(delivery(12, "x-2", plain("", "Cancel"), {11}, "Cancel"));
      },
      "12 said");
  EXPECT_THAT(seen, ElementsAre("11 stands", "11 cancelled", "12 said"));
  EXPECT_THAT(receipts(), Contains("7-11-tv.lshape-withdrawn"));
}

// As if it were killed once the alert and its place in the log are on the disk, and nothing else.
TEST_F(StatesTest, WhatAKillCameBetweenIsFoldedOnceMore) {
  const auto hub = [](Caller& caller, const pb::Hello& hello, int) {
    const auto after = hello.has_resume_after() ? hello.resume_after() : 10;
    welcome(caller, noon, after, 12);
    if (after < 11) caller.send(delivery(11, "x-1", plain("")));
    if (after < 12) caller.send(delivery(12, "x-2", plain("", "Cancel"), {11}, "Cancel"));
  };
  run(hub, "11 stands");
  run(hub, "", true);
  ASSERT_EQ(ending->kind, Ending::Kind::store_failed);
  EXPECT_TRUE(fs::exists(folder_path() / "12.xml"));
  const auto seen = run(hub, "12 said");
  EXPECT_THAT(taken, ElementsAre(12)) << "under its sequence, and nothing else again";
  EXPECT_THAT(seen, ElementsAre("11 cancelled", "12 said"));
  EXPECT_THAT(receipts(), Contains("7-11-tv.lshape-withdrawn"));
}

TEST_F(StatesTest, TheVeryFirstAlertIsFoldedOnceMoreToo) {
  const auto hub = [](Caller& caller, const pb::Hello& hello, int) {
    const auto after = hello.has_resume_after() ? hello.resume_after() : 10;
    welcome(caller, noon, after, 11);
    if (after < 11) caller.send(delivery(11, "x-1", plain("")));
  };
  run(hub, "", true);
  EXPECT_TRUE(fs::exists(folder_path() / "11.xml"));
  EXPECT_THAT(run(hub, "11 stands"), ElementsAre("11 stands"));
}

TEST_F(StatesTest, WhatStandsIsKnownAfterAKillAndBeforeAnyHub) {
  run(
      [](Caller& caller, const pb::Hello&, int) {
        welcome(caller, noon, 10, 11);
        caller.send(delivery(11, "x-1", plain("")));
      },
      "11 stands");
  const auto index = StandingIndex::open(folder_path() / "index.json").value();
  ASSERT_EQ(index.standing().in_force().size(), 1u);
  EXPECT_EQ(index.standing().in_force()[0].identifier, "x-1");
}

TEST_F(StatesTest, WhatWasSupersededWhileAwayComesAsPassedAndDoesNotStand) {
  run(
      [](Caller& caller, const pb::Hello&, int) {
        welcome(caller, noon, 10, 11);
        caller.send(delivery(11, "x-1", plain("")));
      },
      "11 stands");
  const auto seen = run(
      [](Caller& caller, const pb::Hello&, int) {
        welcome(caller, noon, 11, 13);
        pb::ServerMessage message;
        message.mutable_passed()->set_sequence(12);
        message.mutable_passed()->set_reason(pb::Passed::SUPERSEDED);
        message.mutable_passed()->set_by(13);
        caller.send(message);
        caller.send(delivery(13, "x-3", plain("", "Update"), {11, 12}, "Update"));
      },
      "13 stands");
  EXPECT_THAT(seen, ElementsAre("11 superseded", "13 stands"));
  EXPECT_TRUE(fs::exists(folder_path() / "12.passed.json"));
}

}  // namespace
}  // namespace noroshi::subscribers
