// A receiver and several hubs of the test's making on one loop.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "subscribers/client/folder.hpp"
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
using testing::StreamServer;

void deliver(Caller& caller, std::uint64_t sequence, const std::string& identifier) {
  pb::ServerMessage message;
  auto& delivery = *message.mutable_delivery();
  delivery.set_sequence(sequence);
  delivery.set_publisher("362018");
  delivery.set_cap_xml("<" + identifier + "/>");
  delivery.mutable_summary()->set_identifier(identifier);
  delivery.mutable_summary()->set_sender("example.org");
  caller.send(message);
}

struct Notes final : Listener {
  void on_connected(const pb::Welcome&, std::optional<std::chrono::milliseconds>) override {
    connected.push_back(hub);
    if (then_connected) then_connected();
  }
  void on_hub(std::size_t next) override { hub = next; }
  void on_lost(const Fault& fault, std::chrono::milliseconds) override {
    faults.push_back(fault.kind);
  }
  void on_log_changed(const pb::Welcome&) override { ++logs_changed; }
  void on_ended(const Ending& why) override {
    ending = why;
    then();
  }
  std::size_t hub = 99;
  std::vector<std::size_t> connected;
  std::vector<Fault::Kind> faults;
  int logs_changed = 0;
  std::optional<Ending> ending;
  std::function<void()> then;
  std::function<void()> then_connected;
};

class FailoverTest : public ::testing::Test {
 protected:
  StreamServer& server(StreamServer::OnHello hello) {
    return *servers.emplace_back(std::make_unique<StreamServer>(context, std::move(hello)));
  }

  LinkSettings link(const StreamServer& hub, const std::string& host = "127.0.0.1") const {
    return {.hub = {host, hub.port(), host},
            .tls = wire::TlsContext::client(hub.ca()).value(),
            .token = "secret",
            .connect_limit = 2s};
  }

  void run(std::vector<LinkSettings> links) {
    auto folder = Folder::open(path(), Logs::several).value();
    auto index = StandingIndex::open(path() / "index.json").value();
    ReceiverSettings settings{
        .link = links.front(),
        .fallbacks = {links.begin() + 1, links.end()},
        .return_first = return_first,
        .session = {.position = folder.position(), .elsewhere = folder.elsewhere()},
        .count_max = count_max,
        .backoff_first = 2ms,
        .backoff_most = 20ms,
        .standing = &index};
    receiver = std::make_unique<Receiver>(context, std::move(settings), folder, notes);
    notes.then = [this] {
      for (auto& each : servers) each->stop();
    };
    receiver->start();
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!notes.ending && context.run_one_until(deadline) > 0) continue;
    EXPECT_TRUE(notes.ending) << "the receiver did not end";
    context.run_for(100ms);
    receiver.reset();
    context.restart();
  }

  fs::path path() const { return scratch_.path() / "alerts"; }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path()))
      if (entry.path().extension() == ".xml")
        names.push_back(fs::relative(entry.path(), path()).string());
    std::sort(names.begin(), names.end());
    return names;
  }

  boost::asio::io_context context;
  std::vector<std::unique_ptr<StreamServer>> servers;
  Notes notes;
  std::unique_ptr<Receiver> receiver;
  std::uint64_t count_max = 1'000;
  std::chrono::milliseconds return_first = 60s;

 private:
  wire::testing::ScratchDirectory scratch_;
};

// What lies behind a name whose hub nobody is.
std::string dead_port() {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  return std::to_string(acceptor.local_endpoint().port());
}

TEST_F(FailoverTest, GoesOnAtTheNextHubOfTheSameLogWhereItStopped) {
  std::vector<std::uint64_t> resumed;
  auto& first = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 13);
    deliver(caller, 11, "a");
  });
  first.on_ack = [&first](Caller& caller, std::uint64_t) {
    first.stop();
    caller.cut();
  };
  auto& second = server([&](Caller& caller, const pb::Hello& hello, int) {
    if (hello.has_resume_after()) resumed.push_back(hello.resume_after());
    caller.welcome(7, hello.has_resume_after() ? hello.resume_after() : 10, 13);
    deliver(caller, 11, "a");
    deliver(caller, 12, "b");
    deliver(caller, 13, "c");
  });
  count_max = 3;
  run({link(first), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(notes.connected, ElementsAre(0, 1));
  EXPECT_THAT(resumed, IsEmpty()) << "it is not claimed before the log is known";
  EXPECT_THAT(files(), ElementsAre("11.xml", "12.xml", "13.xml"));
  EXPECT_EQ(second.callers().at(0)->acknowledged().back(), 13u);
  EXPECT_EQ(notes.logs_changed, 0);
}

TEST_F(FailoverTest, ADeadFirstAddressCostsOneTry) {
  auto& second = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    deliver(caller, 11, "a");
  });
  count_max = 1;
  auto dead = link(second);
  dead.hub.port = dead_port();
  run({dead, link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(notes.faults, ElementsAre(Fault::Kind::unreachable));
}

TEST_F(FailoverTest, KeepsIndependentLogsApartAndHandsOnOnceWhatBothHave) {
  std::vector<std::string> hellos;
  const auto note = [&](const char* hub, const pb::Hello& hello) {
    hellos.push_back(std::string(hub) + (hello.has_resume_after()
                                             ? std::to_string(hello.epoch()) + "/" +
                                                   std::to_string(hello.resume_after())
                                             : ""));
  };
  auto& first = server([&](Caller& caller, const pb::Hello& hello, int nth) {
    note("a", hello);
    caller.welcome(7, hello.has_resume_after() ? hello.resume_after() : 10, 12);
    if (nth == 1) deliver(caller, 11, "a");
    if (nth > 1) deliver(caller, 12, "c");
  });
  first.on_ack = [](Caller& caller, std::uint64_t through) {
    if (through == 11) caller.cut();
  };
  auto& second = server([&](Caller& caller, const pb::Hello& hello, int nth) {
    note("b", hello);
    caller.welcome(8, 40, 42);
    deliver(caller, 41, "a");
    if (nth == 1) deliver(caller, 42, "b");
  });
  second.on_ack = [](Caller& caller, std::uint64_t through) {
    if (through == 42) caller.cut();
  };
  count_max = 4;  // the one that both have is acknowledged at both
  run({link(first), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(files(), ElementsAre("11.xml", "12.xml", "8/42.xml"));
  EXPECT_EQ(second.callers().at(0)->acknowledged().back(), 42u);
  EXPECT_EQ(hellos.at(0), "a");
  EXPECT_EQ(hellos.at(1), "b");
  EXPECT_EQ(hellos.at(2), "a");
  EXPECT_EQ(notes.logs_changed, 1);
  const auto folder = Folder::open(path()).value();
  EXPECT_EQ(folder.position(), (Position{7, 12}));
  EXPECT_THAT(folder.elsewhere(), ElementsAre(Position{8, 42}));
}

TEST_F(FailoverTest, AHubWithAnotherNameInItsCertificateIsPassedOver) {
  auto& first = server([](Caller&, const pb::Hello&, int) { FAIL() << "not to be trusted"; });
  auto& second = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    deliver(caller, 11, "a");
  });
  count_max = 1;
  run({link(first, "localhost"), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(notes.faults, ElementsAre(Fault::Kind::certificate_name));
}

TEST_F(FailoverTest, EndsWhenEveryHubRefuses) {
  const auto refuse = [](const wire::Request&, const wire::Response&) {
    return wire::Response{401, {}, R"({"code":"auth.required"})"};
  };
  auto& first = server([](Caller&, const pb::Hello&, int) {});
  auto& second = server([](Caller&, const pb::Hello&, int) {});
  first.on_upgrade = second.on_upgrade = refuse;
  run({link(first), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::not_allowed);
  EXPECT_EQ(first.callers().size(), 1u);
  EXPECT_EQ(second.callers().size(), 1u);
}

TEST_F(FailoverTest, GoesOnWhereOneSuspendsUsAndEndsWhereAnotherTookOver) {
  auto& first = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.goodbye("suspended", 0);
  });
  auto& second = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.goodbye("replaced", 0);
  });
  run({link(first), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::replaced);
  EXPECT_THAT(notes.connected, ElementsAre(0, 1));
}

TEST_F(FailoverTest, ComesBackToTheBetterHubOnceItIsThere) {
  int upgrades = 0;
  auto& first = server([](Caller& caller, const pb::Hello& hello, int) {
    caller.welcome(7, hello.has_resume_after() ? hello.resume_after() : 10, 12);
    deliver(caller, 12, "b");
  });
  first.on_upgrade = [&upgrades](const wire::Request&, wire::Response response) {
    return ++upgrades > 1 ? response : wire::Response{503, {{"Retry-After", "0"}}, "{}"};
  };
  auto& second = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 12);
    deliver(caller, 11, "a");
  });
  return_first = 20ms;
  count_max = 2;
  run({link(first), link(second)});
  EXPECT_EQ(notes.ending->kind, Ending::Kind::count_reached);
  EXPECT_THAT(notes.connected, ElementsAre(1, 0));
  EXPECT_THAT(notes.faults, ElementsAre(Fault::Kind::busy)) << "the way back is no loss";
  EXPECT_THAT(files(), ElementsAre("11.xml", "12.xml"));
}

TEST_F(FailoverTest, StaysWhereItWorksWhileTheBetterHubIsAway) {
  auto& second = server([](Caller& caller, const pb::Hello&, int) {
    caller.welcome(7, 10, 12);
    deliver(caller, 11, "a");
  });
  auto dead = link(second);
  dead.hub.port = dead_port();
  return_first = 5ms;
  boost::asio::steady_timer later(context, 200ms);
  later.async_wait(
      [&](const boost::system::error_code&) { deliver(*second.callers().at(0), 12, "b"); });
  count_max = 2;
  run({dead, link(second)});
  EXPECT_EQ(second.callers().size(), 1u) << "the stream was never given up";
}

}  // namespace
}  // namespace noroshi::subscribers
