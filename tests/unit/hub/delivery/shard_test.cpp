#include "hub/delivery/shard.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/hub/delivery/running_shard.hpp"

namespace noroshi::delivery {
namespace {

using namespace std::chrono_literals;

// A receiver without a connection: keeps what it is given.
class Recorder : public Receiver {
 public:
  Recorder() = default;
  explicit Recorder(const drills::Channel& outlet) : channel(outlet) {}
  bool ready() override { return true; }
  bool permits(const Slot& slot) override { return channel.carries(slot.alert()); }
  bool prepared(Slot& slot) override {
    return encoding == Encoding::stream_protobuf || slot.frame(encoding) != nullptr;
  }
  void deliver(Slot& slot) override { delivered.push_back(slot.sequence()); }
  void pass(Sequence sequence, const Fate&) override { passed.push_back(sequence); }
  void probe(Sequence sequence) override { probed.push_back(sequence); }
  bool probe_arrived() override { return arrived; }
  void flush() override {}
  std::size_t queued_bytes() const override { return 0; }
  void tick(std::chrono::steady_clock::time_point) override {}
  void goodbye(const std::string& code, const std::string&, std::chrono::milliseconds) override {
    goodbyes.push_back(code);
    if (shard != nullptr) shard->farewell(*this);
  }

  drills::Channel channel = drills::testing::live();
  Encoding encoding = Encoding::stream_protobuf;
  Shard* shard = nullptr;
  std::vector<Sequence> delivered;
  std::vector<Sequence> passed;
  std::vector<Sequence> probed;
  bool arrived = false;
  std::vector<std::string> goodbyes;
};

class ShardTest : public ::testing::Test, public testing::RunningShard {
 protected:
  void TearDown() override { end(); }

  Result<Shard::Attached> attach(const std::shared_ptr<Recorder>& recorder,
                                 Shard::Resume resume = {std::nullopt, std::nullopt, 1000}) {
    return on_shard([&](Shard& shard) {
      recorder->shard = &shard;
      shard.welcome(recorder);
      auto attached = shard.attach(principal(), *recorder, resume);
      if (attached) shard.feed(*recorder);
      return attached;
    });
  }

  // In the drill its token is for.
  std::shared_ptr<Recorder> attached(const registry::Principal& principal,
                                     const drills::Channel& outlet) {
    auto recorder = std::make_shared<Recorder>(outlet);
    on_shard([&](Shard& shard) {
      recorder->shard = &shard;
      shard.welcome(recorder);
      EXPECT_TRUE(shard.attach(principal, *recorder, {std::nullopt, std::nullopt, 1000}));
      shard.feed(*recorder);
      return 0;
    });
    return recorder;
  }

  // What the recorder has once it has as many, or after ten seconds.
  std::vector<Sequence> delivered(const std::shared_ptr<Recorder>& recorder, std::size_t count) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    for (;;) {
      auto got = on_shard([&](Shard&) { return recorder->delivered; });
      if (got.size() >= count || std::chrono::steady_clock::now() > until) return got;
    }
  }
};

TEST_F(ShardTest, FeedsWhatIsAddressedInOrderFromTheJournalAndFromTheRing) {
  begin();
  std::vector<Sequence> wanted;
  for (int i = 0; i < 600; ++i) {
    const auto sequence = publish(i % 3 == 0 ? "131016" : "362018");
    if (i % 3 != 0) wanted.push_back(sequence);
  }
  const auto tv = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(tv));
  EXPECT_EQ(delivered(tv, wanted.size()), wanted) << "from the journal";
  wanted.push_back(publish());
  EXPECT_EQ(delivered(tv, wanted.size()), wanted) << "and live";
}

TEST_F(ShardTest, SendsNoMoreThanTheWindowUntilItIsAcknowledged) {
  begin(1 << 20);
  std::vector<Sequence> wanted;
  for (int i = 0; i < 5; ++i) wanted.push_back(publish());
  const auto tv = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(tv, {std::nullopt, std::nullopt, 2}));
  EXPECT_EQ(delivered(tv, 2).size(), 2u);
  EXPECT_FALSE(on_shard([&](Shard& shard) { return shard.acknowledge(*tv, wanted[2]); }))
      << "what was never sent";
  ASSERT_TRUE(on_shard([&](Shard& shard) { return shard.acknowledge(*tv, wanted[1]); }));
  EXPECT_EQ(delivered(tv, 4).size(), 4u);
}

TEST_F(ShardTest, WhoWaitsForAFormIsFedInOrderWhenItComes) {
  begin(1 << 20);
  std::vector<Sequence> wanted;
  for (int i = 0; i < 3; ++i) wanted.push_back(publish());
  const auto tv = std::make_shared<Recorder>();
  tv->encoding = Encoding::stream_json;
  ASSERT_TRUE(attach(tv));
  const auto bring = [&](Sequence sequence) {
    return on_shard([&](Shard& shard) {
      shard.encoded(sequence, Encoding::stream_json, std::make_shared<const std::string>("{}"));
      return tv->delivered;
    });
  };
  const auto through = [&] {
    return on_shard([&](Shard& shard) { return shard.tell_through(*tv); });
  };
  EXPECT_TRUE(on_shard([&](Shard&) { return tv->delivered; }).empty());
  EXPECT_LT(through(), wanted[0]) << "not sent is not through";
  EXPECT_EQ(bring(wanted[0]), std::vector<Sequence>{wanted[0]});
  EXPECT_EQ(through(), wanted[0]);
  EXPECT_EQ(bring(wanted[2]), std::vector<Sequence>{wanted[0]}) << "the second comes first";
  EXPECT_EQ(bring(wanted[1]), wanted) << "the third was kept";
  EXPECT_EQ(bring(999), wanted) << "a form of what is no longer kept";
}

TEST_F(ShardTest, AFormIsKeptInARangeOfTheJournalToo) {
  begin();  // only the last alert is in the ring
  const auto first = publish();
  publish();
  const auto tv = std::make_shared<Recorder>();
  tv->encoding = Encoding::stream_json;
  ASSERT_TRUE(attach(tv));
  const auto until = std::chrono::steady_clock::now() + 10s;
  for (;;) {  // until the range has come
    const auto got = on_shard([&](Shard& shard) {
      shard.encoded(first, Encoding::stream_json, std::make_shared<const std::string>("{}"));
      return tv->delivered;
    });
    if (got == std::vector<Sequence>{first}) break;
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  }
}

TEST_F(ShardTest, ResumesAfterWhatIsHeldAndNeverBeyondTheHead) {
  begin();
  std::vector<Sequence> sequences;
  for (int i = 0; i < 4; ++i) sequences.push_back(publish());
  const auto lower = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(lower, {epoch, sequences[1], 100}));
  EXPECT_EQ(delivered(lower, 2), (std::vector<Sequence>{sequences[2], sequences[3]}));
  const auto beyond = std::make_shared<Recorder>();
  const auto refused = attach(beyond, {epoch, sequences[3] + 1000, 100});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  const auto foreign = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(foreign, {epoch + 1, sequences[3] + 1000, 100}))
      << "a position in another log says nothing about this one";
}

TEST_F(ShardTest, TheNewestConnectionOfASubscriberWins) {
  begin();
  const auto older = std::make_shared<Recorder>();
  const auto newer = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(older));
  ASSERT_TRUE(attach(newer));
  EXPECT_EQ(on_shard([&](Shard&) { return older->goodbyes; }),
            std::vector<std::string>{"replaced"});
  const auto sequence = publish();
  EXPECT_EQ(delivered(newer, 1), std::vector<Sequence>{sequence});
  EXPECT_TRUE(on_shard([&](Shard&) { return older->delivered; }).empty());
}

TEST_F(ShardTest, AHelloUnderAReplacedTokenIsRefused) {
  begin();
  const auto stolen = credential_;
  issue("new token");
  const auto rightful = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(rightful));
  credential_ = stolen;
  const auto thief = std::make_shared<Recorder>();
  const auto refused = attach(thief);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_TRUE(on_shard([&](Shard&) { return rightful->goodbyes; }).empty());
}

TEST_F(ShardTest, ANewTokenEndsTheConnectionOfTheOld) {
  begin();
  const auto tv = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(tv));
  issue("new token");
  EXPECT_EQ(on_shard([&](Shard&) { return tv->goodbyes; }), std::vector<std::string>{"suspended"});
}

class ShardOfChannels : public ShardTest, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(ShardOfChannels, FeedsOneSubscriberInEach) {
  begin(GetParam());
  const auto in_drill = open_drill("a");
  const auto& a = in_drill.channel;
  std::vector<Sequence> live;
  std::vector<Sequence> exercises;
  for (int i = 0; i < 300; ++i) {
    live.push_back(publish());
    exercises.push_back(publish("362018", 0, a));
  }
  const auto tv = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(tv));
  const auto drilling = attached(in_drill, a);
  EXPECT_EQ(delivered(tv, live.size()), live);
  EXPECT_EQ(delivered(drilling, exercises.size()), exercises);
  exercises.push_back(publish("362018", 0, a));
  live.push_back(publish());
  EXPECT_EQ(delivered(drilling, exercises.size()), exercises);
  EXPECT_EQ(delivered(tv, live.size()), live);
  EXPECT_EQ(on_shard([&](Shard& shard) { return shard.states(a).size(); }), 1u);
  EXPECT_EQ(on_shard([&](Shard& shard) { return shard.last_alert(*drilling); }), exercises.back());
  EXPECT_EQ(fanout_->totals().crossings_refused, 0u);
}

INSTANTIATE_TEST_SUITE_P(FromTheJournalAndFromTheRing, ShardOfChannels,
                         ::testing::Values(std::size_t{1}, std::size_t{16} << 20));

TEST_F(ShardTest, AnOutletOfAnotherChannelIsSentNothingAndThatIsCounted) {
  begin(1 << 20);
  const auto in_drill = open_drill("a");
  const auto torn = attached(in_drill, drills::testing::live());  // as only a bug could make it
  publish("362018", 0, in_drill.channel);
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (fanout_->totals().crossings_refused == 0) {
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  }
  EXPECT_TRUE(on_shard([&](Shard&) { return torn->delivered; }).empty());
}

TEST_F(ShardTest, ADrillsStreamsEndWithItAndNoneBegins) {
  begin(1 << 20);
  const auto in_drill = open_drill("a");
  const auto drilling = attached(in_drill, in_drill.channel);
  const auto tv = std::make_shared<Recorder>();
  ASSERT_TRUE(attach(tv));
  now_ms_ = 2000;
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (on_shard([&](Shard&) { return drilling->goodbyes.empty(); })) {
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  }
  EXPECT_EQ(on_shard([&](Shard&) { return drilling->goodbyes; }),
            std::vector<std::string>{"drill.closed"});
  EXPECT_TRUE(on_shard([&](Shard&) { return tv->goodbyes; }).empty());
  const auto refused = on_shard([&](Shard& shard) {
    return shard.attach(in_drill, *drilling, {std::nullopt, std::nullopt, 1});
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::closed);
}

}  // namespace
}  // namespace noroshi::delivery
