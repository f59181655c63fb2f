#include "hub/outlets/events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/hub/delivery/running_shard.hpp"
#include "tests/unit/proto/wire/loopback.hpp"

namespace noroshi::outlets {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(EventId, IsAnEpochAndASequence) {
  const auto id = event_id("7-12");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->epoch, 7u);
  EXPECT_EQ(id->sequence, 12u);
  for (const auto* wrong : {"", "-", "7", "7-", "-12", "7-12-", "7 -12", "x-1", "7-0x1",
                            "99999999999999999999-1", "7-99999999999999999999"})
    EXPECT_FALSE(event_id(wrong)) << wrong;
}

// An Events on a real shard at one end of a TLS connection; the test reads at the other.
class EventsTest : public wire::testing::Loopback, public delivery::testing::RunningShard {
 protected:
  void TearDown() override {
    client->close("the test is over");
    run_until([&] { return client_handler.closed > 0; });
    readings_.stop();
    end();
  }

  void open(std::optional<EventId> last = std::nullopt) {
    open_both();
    Events::open(fanout_->shard_of("tv"), readings_, server->release(), principal(), last);
    server.reset();
  }

  // What came so far, an event or a comment each, without the empty line behind it.
  std::vector<std::string> heard() const {
    std::vector<std::string> blocks;
    const auto& text = client_handler.received;
    for (std::size_t at = 0;;) {
      const auto end = text.find("\n\n", at);
      if (end == std::string::npos) return blocks;
      blocks.push_back(text.substr(at, end - at));
      at = end + 2;
    }
  }
  std::vector<std::string> hear(std::size_t count) {
    run_until([&] { return heard().size() >= count; });
    return heard();
  }

  static std::string id(delivery::Sequence sequence) {
    return "id: " + std::to_string(epoch) + "-" + std::to_string(sequence);
  }

  Readings readings_;
};

TEST_F(EventsTest, WelcomesThenDeliversWithTheIdToComeBackWith) {
  begin(1 << 20);
  const auto first = publish();
  open();
  auto blocks = hear(2);
  EXPECT_THAT(blocks[0], StartsWith("retry: 1000\nid: 7-"));
  EXPECT_THAT(blocks[0], HasSubstr("\nevent: welcome\ndata: {\"welcome\":{\"subscriber\":\"tv\""));
  EXPECT_THAT(blocks[1], StartsWith(id(first) + "\nevent: delivery\ndata: {\"delivery\":"));
  publish("131016");  // of no concern to tv
  const auto second = publish();
  EXPECT_THAT(hear(3)[2], StartsWith(id(second) + "\nevent: delivery\n"));
}

TEST_F(EventsTest, GoesOnBehindTheLastEventOfThisLogAndNotOfAnother) {
  begin(1 << 20);
  const auto first = publish();
  const auto second = publish();
  open(EventId{epoch, first});
  EXPECT_THAT(hear(2)[1], StartsWith(id(second)));
  client->close("again");
  run_until([&] { return client_handler.closed > 0; });
  client_handler = {};
  open(EventId{epoch + 1, second});
  EXPECT_THAT(hear(2)[1], StartsWith(id(second))) << "the first was acknowledged by its id";
}

TEST_F(EventsTest, WhoIsAheadOfTheLogIsToldNotToComeBackSoon) {
  begin();
  open(EventId{epoch, 999'999});
  EXPECT_THAT(hear(1)[0], StartsWith("retry: 60000\nevent: goodbye\ndata: {\"goodbye\":{\"code\":"
                                     "\"log.rolled_back\""));
  run_until([&] { return client_handler.closed > 0; });
}

TEST_F(EventsTest, AProbeMovesTheIdAndHasArrivedWithThePeersKernel) {
  begin(1 << 20);
  open();
  hear(1);
  const auto alert = publish();
  std::promise<delivery::ProbeReport> ended;
  fanout_->probes().start(
      {}, [](const auto& begun) { EXPECT_TRUE(begun); },
      [&](delivery::ProbeReport report) { ended.set_value(std::move(report)); });
  const auto blocks = hear(3);
  const auto report = ended.get_future().get();
  EXPECT_THAT(blocks[1], StartsWith(id(alert)));
  EXPECT_EQ(blocks[2], id(report.probe) + "\nevent: probe\ndata: {\"probe\":{\"sequence\":\"" +
                           std::to_string(report.probe) + "\"}}");
  ASSERT_EQ(report.steps.size(), 1u);
  EXPECT_EQ(report.steps[0].outlet, delivery::Outlet::events);
  EXPECT_TRUE(report.steps[0].arrived);
}

TEST_F(EventsTest, TheEndOfTheHubIsAGoodbyeToComeBackFrom) {
  begin();
  open();
  hear(1);
  std::thread stopping([&] { fanout_->stop(std::chrono::seconds(5)); });
  EXPECT_THAT(hear(2)[1], HasSubstr("\"code\":\"stopping\""));
  run_until([&] { return client_handler.closed > 0; });
  stopping.join();
}

}  // namespace
}  // namespace noroshi::outlets
