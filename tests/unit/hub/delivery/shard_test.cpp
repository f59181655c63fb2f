#include "hub/delivery/shard.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/delivery/fanout.hpp"

namespace noroshi::delivery {
namespace {

using namespace std::chrono_literals;

// A receiver without a connection: keeps what it is given.
class Recorder : public Receiver {
 public:
  bool ready() const override { return true; }
  void deliver(Slot& slot) override { delivered.push_back(slot.sequence()); }
  void pass(Sequence sequence, const Fate&) override { passed.push_back(sequence); }
  void flush() override {}
  void tick(std::chrono::steady_clock::time_point) override {}
  void goodbye(const std::string& code, const std::string&, std::chrono::milliseconds) override {
    goodbyes.push_back(code);
    if (shard != nullptr) shard->farewell(*this);
  }

  Shard* shard = nullptr;
  std::vector<Sequence> delivered;
  std::vector<Sequence> passed;
  std::vector<std::string> goodbyes;
};

class ShardTest : public testing::Test {
 protected:
  static constexpr std::uint64_t epoch = 7;

  // A ring of almost nothing, so that whoever is behind is fed from the journal.
  void begin(std::size_t ring_bytes_max = 1) {
    journal_ = std::make_unique<journal::JournalThread>(
        journal::open_memory(epoch, "demo", judge_, [] { return std::int64_t{1000}; }),
        journal::QueueBounds{}, [](const Error&) { FAIL(); });
    fanout_ = std::make_unique<Fanout>(1, *journal_, folds_, epoch, "demo", ring_bytes_max,
                                       [] { return std::int64_t{1000}; });
    fanout_->start();
    journal_->start();
    v1::EntryBody publisher;
    publisher.mutable_publisher_registered()->set_code("relay");
    publisher.mutable_publisher_registered()->add_senders("*");
    publisher.mutable_publisher_registered()->add_areas("*");
    append(publisher);
    v1::EntryBody subscriber;
    subscriber.mutable_subscriber_registered()->set_id("tv");
    subscriber.mutable_subscriber_registered()->add_areas("36");
    append(subscriber);
    issue("token");
  }

  void TearDown() override {
    fanout_->stop(5s);
    journal_->stop();
  }

  void issue(const std::string& secret) {
    v1::EntryBody body;
    auto& token = *body.mutable_token_issued();
    token.set_kind(v1::TokenIssued::SUBSCRIBER);
    token.set_id("tv");
    const auto hash = journal::content_hash(secret);
    token.set_token_sha256(hash.data(), hash.size());
    append(body);
    registry::Registry registry;
    v1::Entry entry;
    *entry.mutable_body() = body;
    registry.apply(entry);
    credential_ = registry.principal_of(secret)->credential;
  }

  Sequence append(const v1::EntryBody& body, std::shared_ptr<const std::string> content = nullptr) {
    std::promise<Sequence> appended;
    EXPECT_TRUE(
        journal_->submit({body, std::nullopt, std::move(content)}, [&](const auto& outcome) {
          const auto* committed = std::get_if<journal::Committed>(&outcome);
          appended.set_value(committed == nullptr ? 0 : committed->stored->sequence);
        }));
    return appended.get_future().get();
  }

  Sequence publish(const std::string& code = "362018") {
    v1::EntryBody body;
    auto& alert = *body.mutable_alert_accepted();
    const auto content = std::make_shared<const std::string>(std::to_string(++published_));
    const auto hash = journal::content_hash(*content);
    alert.set_publisher("relay");
    alert.set_content_sha256(hash.data(), hash.size());
    alert.mutable_summary()->set_identifier(*content);
    alert.mutable_summary()->set_message_type("Alert");
    alert.add_routing()->add_area_codes(code);
    return append(body, content);
  }

  // Runs on the shard's thread, after everything posted to it so far.
  template <class Task>
  auto on_shard(Task task) {
    auto& shard = fanout_->shard_of("tv");
    std::promise<decltype(task(shard))> done;
    auto result = done.get_future();
    shard.post([&] { done.set_value(task(shard)); });
    return result.get();
  }

  Result<Shard::Attached> attach(const std::shared_ptr<Recorder>& recorder,
                                 Shard::Resume resume = {std::nullopt, std::nullopt, 1000}) {
    return on_shard([&](Shard& shard) {
      recorder->shard = &shard;
      shard.welcome(recorder);
      auto attached = shard.attach("tv", credential_, *recorder, resume);
      if (attached) shard.feed(*recorder);
      return attached;
    });
  }

  // What the recorder has once it has as many, or after ten seconds.
  std::vector<Sequence> delivered(const std::shared_ptr<Recorder>& recorder, std::size_t count) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    for (;;) {
      auto got = on_shard([&](Shard&) { return recorder->delivered; });
      if (got.size() >= count || std::chrono::steady_clock::now() > until) return got;
    }
  }

  admission::AlertJudge judge_;
  Folds folds_;
  std::unique_ptr<journal::JournalThread> journal_;
  std::unique_ptr<Fanout> fanout_;
  std::string credential_;
  int published_ = 0;
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

}  // namespace
}  // namespace noroshi::delivery
