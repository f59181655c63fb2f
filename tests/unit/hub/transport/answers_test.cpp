// What a door keeps for those it answers, and what it lets go of.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/hub/transport/open_door.hpp"

namespace noroshi::transport {
namespace {

constexpr std::size_t large = std::size_t{8} << 20;  // more than the kernel takes unread
constexpr const char* get = "GET / HTTP/1.1\r\nHost: h\r\nWho: reader\r\n\r\n";

class AnswersTest : public testing::OpenDoor {
 protected:
  AnswersTest() {
    room_for_answer = [this](const std::string& identity, std::size_t bytes) -> Place {
      asked.emplace_back(identity, bytes);
      if (full) return nullptr;
      ++places;
      return {this, [this](const void*) { --places; }};
    };
    handle = [this](const Exchange& exchange) {
      exchange.respond({200, {}, std::string(size, 'x')});
    };
  }

  std::size_t size = large;
  bool full = false;
  int places = 0;
  std::vector<std::pair<std::string, std::size_t>> asked;
};

TEST_F(AnswersTest, ALargeOneHasItsPlaceUntilItIsTaken) {
  open({});
  auto& visitor = enter();
  visitor.connection->pause_reading();
  visitor.say(get);
  run_until([&] { return door->gauges().answering == 1; });
  EXPECT_EQ(asked, (std::vector<std::pair<std::string, std::size_t>>{{"reader", large}}));
  EXPECT_EQ(places, 1);
  visitor.connection->resume_reading();
  run_until([&] { return visitor.heard.received.size() > large; });
  run_until([&] { return places == 0; });
  EXPECT_FALSE(visitor.gone());
}

TEST_F(AnswersTest, APlaceIsGivenBackWhenItsReaderLeaves) {
  open({});
  auto& visitor = enter();
  visitor.connection->pause_reading();
  visitor.say(get);
  run_until([&] { return places == 1; });
  visitor.connection->close("");
  run_until([&] { return places == 0; });
}

TEST_F(AnswersTest, WithoutRoomItIsRefusedAndTheConnectionStays) {
  full = true;
  open({});
  auto& visitor = enter();
  visitor.say(get);
  run_until([&] { return visitor.heard.received.ends_with("no"); });
  EXPECT_EQ(visitor.heard.received.substr(0, 12), "HTTP/1.1 503");
  full = false;
  visitor.say(get);
  run_until([&] { return visitor.heard.received.size() > large; });
  EXPECT_FALSE(visitor.gone());
}

TEST_F(AnswersTest, ASmallOneNeedsNone) {
  full = true;
  size = Handlers::large_answer_bytes;
  open({});
  auto& visitor = enter();
  visitor.say(get);
  run_until([&] { return visitor.heard.received.size() > size; });
  EXPECT_TRUE(asked.empty());
}

TEST_F(AnswersTest, ABodyHasItsPlaceUntilItsHandlerIsDone) {
  std::vector<Exchange> handled;
  auto place = std::make_shared<int>();
  const std::weak_ptr<int> held = place;
  admit = [&](const auto&, const auto&) {
    Admission admission{std::nullopt, "publisher:1"};
    admission.place = std::move(place);
    return admission;
  };
  handle = [&](Exchange exchange) { handled.push_back(std::move(exchange)); };
  open({});
  auto& visitor = enter();
  visitor.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nal");
  run_until([&] { return door->gauges().strangers == 0; });
  EXPECT_FALSE(held.expired());
  visitor.say("ert");
  run_until([&] { return !handled.empty(); });
  EXPECT_FALSE(held.expired());
  handled.front().respond({200, {}, "ok"});
  handled.clear();
  EXPECT_TRUE(held.expired());
}

TEST_F(AnswersTest, ABodyThatNeverComesGivesItsPlaceBack) {
  auto place = std::make_shared<int>();
  const std::weak_ptr<int> held = place;
  admit = [&](const auto&, const auto&) {
    Admission admission{std::nullopt, "publisher:1"};
    admission.place = std::move(place);
    return admission;
  };
  open({});
  auto& visitor = enter();
  visitor.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nal");
  run_until([&] { return door->gauges().strangers == 0; });
  visitor.connection->close("");
  run_until([&] { return held.expired(); });
}

}  // namespace
}  // namespace noroshi::transport
