#include "hub/transport/door.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/unit/hub/transport/open_door.hpp"

namespace noroshi::transport {
namespace {

using boost::asio::ip::tcp;

class DoorTest : public testing::OpenDoor {
 protected:
  // Connects and never says a byte.
  void stand_silent(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      silent.emplace_back(io);
      silent.back().connect({boost::asio::ip::address_v4::loopback(), door->port()});
    }
  }
  std::vector<tcp::socket> silent;
};

TEST_F(DoorTest, AnswersOverTls) {
  open({});
  auto& visitor = enter_as("publisher:1");
  EXPECT_EQ(visitor.heard.received.substr(0, 15), "HTTP/1.1 200 OK");
  const auto gauges = door->gauges();
  EXPECT_EQ(gauges.accepted, 1u);
  EXPECT_EQ(gauges.handshakes.done, 1u);
  EXPECT_EQ(gauges.strangers, 0u);
  EXPECT_EQ(gauges.connections(), 1u);
}

TEST_F(DoorTest, SilentPeersKeepNobodyOut) {
  DoorBounds bounds;
  bounds.handshakes_max = 4;
  open(bounds);
  stand_silent(40);
  enter_as("publisher:1");
  EXPECT_EQ(door->gauges().evicted, 0u);
}

TEST_F(DoorTest, ACrowdComesInOneSliceAfterAnother) {
  open({});
  stand_silent(300);  // more than are admitted at once
  enter_as("publisher:1");
  run_until([&] { return door->gauges().accepted == 301; });
  EXPECT_EQ(door->gauges().strangers, 300u);
}

TEST_F(DoorTest, AtTheBoundTheOldestStrangerMakesRoomAndNobodyElse) {
  DoorBounds bounds;
  bounds.connections_max = 4;
  open(bounds);
  auto& known = enter_as("publisher:1");
  auto& oldest = enter();
  auto& younger = enter();
  enter();
  enter_as("publisher:2");
  run_until([&] { return oldest.gone(); });
  EXPECT_FALSE(known.gone());
  EXPECT_FALSE(younger.gone());
  EXPECT_EQ(door->gauges().evicted, 1u);
}

TEST_F(DoorTest, OneAddressCannotFillTheDoorWithStrangers) {
  DoorBounds bounds;
  bounds.strangers_per_address_max = 3;
  open(bounds);
  auto& known = enter_as("publisher:1");
  for (int i = 0; i < 3; ++i) enter();
  auto& refused = come();  // the others are too young to go
  run_until([&] { return refused.gone(); });
  EXPECT_FALSE(known.gone());
  EXPECT_EQ(door->gauges().strangers, 3u);
  EXPECT_EQ(door->gauges().refused_strangers, 1u);
}

TEST_F(DoorTest, KnownPeersOfOneAddressAreNotCountedAsStrangers) {
  DoorBounds bounds;
  bounds.strangers_per_address_max = 2;
  open(bounds);
  for (int i = 0; i < 10; ++i) enter_as("subscriber:" + std::to_string(i));
  EXPECT_EQ(door->gauges().connections(), 10u);
  EXPECT_EQ(door->gauges().refused_strangers, 0u);
}

TEST_F(DoorTest, OneIdentityHoldsSoManyConnectionsAndNoMore) {
  DoorBounds bounds;
  bounds.connections_per_identity_max = 2;
  open(bounds);
  auto& first = enter_as("publisher:1");
  enter_as("publisher:1");
  auto& third = enter_as("publisher:1");
  EXPECT_EQ(third.heard.received.substr(0, 12), "HTTP/1.1 503");
  run_until([&] { return third.gone(); });
  enter_as("publisher:2");
  first.connection->close("");
  run_until([&] { return door->gauges().connections() == 2; });
  EXPECT_EQ(enter_as("publisher:1").heard.received.substr(0, 12), "HTTP/1.1 200");
  EXPECT_EQ(door->gauges().refused_identity, 1u);
}

TEST_F(DoorTest, TheLastDescriptorsAreKeptAndNewcomersClosedAtOnce) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  DoorBounds bounds;
  bounds.descriptors_kept = limit.rlim_cur;
  open(bounds);
  for (int i = 0; i < 3; ++i) {
    auto& refused = come();
    run_until([&] { return refused.gone(); });
    EXPECT_EQ(refused.heard.opened, 0);
  }
  EXPECT_EQ(door->gauges().refused_descriptors, 3u);
  EXPECT_EQ(door->gauges().accepted, 0u);
}

TEST_F(DoorTest, WhoIsGoneBeforeItsTurnIsCounted) {
  open({});
  stand_silent(3);
  for (auto& visitor : silent) {
    visitor.set_option(boost::asio::socket_base::linger(true, 0));
    visitor.close();
  }
  enter_as("publisher:1");
  EXPECT_EQ(door->gauges().accepted, 4u);
  EXPECT_EQ(door->gauges().connections(), 1u);
}

TEST_F(DoorTest, ARefusalMayKeepTheConnection) {
  int admitted = 0;
  admit = [&](const auto&, const auto&) {
    Admission admission{std::nullopt, "publisher:1"};
    if (++admitted == 1) admission.refusal = wire::Response{429, {{"Retry-After", "1"}}, "later"};
    admission.after = Admission::After::keep;
    return admission;
  };
  open({});
  auto& visitor = enter();
  visitor.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nalert");
  run_until([&] { return visitor.heard.received.find("later") != std::string::npos; });
  EXPECT_EQ(visitor.heard.received.substr(0, 12), "HTTP/1.1 429");
  visitor.heard.received.clear();
  visitor.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nalert");
  run_until([&] { return visitor.heard.received.find("ok") != std::string::npos; });
  EXPECT_FALSE(visitor.gone());
}

TEST_F(DoorTest, WhoExpectsToBeToldBeforeItsBodyIsRefusedAtOnce) {
  admit = [&](const auto&, const auto&) {
    return Admission{wire::Response{429, {}, "later"}, "publisher:1", Admission::After::keep};
  };
  open({});
  auto& visitor = enter();
  visitor.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  run_until([&] { return visitor.gone(); });
  EXPECT_EQ(visitor.heard.received.substr(0, 12), "HTTP/1.1 429");
}

TEST_F(DoorTest, DrainingEndsHandshakesAndIdlePeers) {
  open({});
  stand_silent(3);
  enter_as("publisher:1");
  run_until([&] { return door->gauges().handshaking == 3; });
  bool drained = false;
  door->drain([&] { drained = true; });
  run_until([&] { return drained; });
  EXPECT_EQ(door->gauges().handshakes.cancelled, 3u);
  EXPECT_EQ(door->gauges().connections(), 0u);
}

}  // namespace
}  // namespace noroshi::transport
