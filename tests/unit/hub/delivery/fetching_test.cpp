// Outlets that are asked and not fed, and those that begin anew where they were not told to.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "tests/unit/hub/delivery/running_shard.hpp"

namespace noroshi::delivery {
namespace {

using Ranges = std::vector<std::pair<Sequence, Sequence>>;

class Silent : public Receiver {
 public:
  [[nodiscard]] Outlet outlet() const override { return Outlet::tcp; }
  bool ready() override { return true; }
  bool permits(const Slot&) override { return true; }
  bool prepared(Slot&) override { return true; }
  void deliver(Slot& slot) override { delivered.push_back(slot.sequence()); }
  void pass(Sequence, const Fate&) override {}
  void probe(Sequence) override {}
  void flush() override {}
  std::size_t queued_bytes() const override { return 0; }
  void tick(std::chrono::steady_clock::time_point) override {}
  void goodbye(const std::string&, const std::string&, std::chrono::milliseconds) override {
    shard->farewell(*this);
  }

  Shard* shard = nullptr;
  std::vector<Sequence> delivered;
};

class FetchingTest : public ::testing::Test, public testing::RunningShard {
 protected:
  void TearDown() override {
    if (!ended_) end();
  }

  Sequence holds(const std::vector<Shard::Held>& pages) {
    return on_shard([&](Shard& shard) { return shard.holds(principal(), Outlet::feed, pages); });
  }
  bool acknowledge(Outlet outlet, Sequence through) {
    return on_shard(
        [&](Shard& shard) { return shard.acknowledge(principal(), outlet, through).has_value(); });
  }
  std::vector<Sequence> attach(Sequence not_before) {
    return on_shard([&](Shard& shard) {
      auto silent = receivers_.emplace_back(std::make_shared<Silent>());
      silent->shard = &shard;
      shard.welcome(silent);
      Shard::Resume resume;
      resume.window = 100;
      resume.not_before = not_before;
      EXPECT_TRUE(shard.attach(principal(), *silent, resume));
      shard.feed(*silent);
      return silent->delivered;
    });
  }

  // All that is recorded of acknowledgements, once the shards have ended.
  Ranges recorded() {
    fanout_->stop(std::chrono::seconds(5));
    std::promise<Ranges> ranges;
    EXPECT_TRUE(journal_->read(0, {1000, 1 << 20}, [&](const auto& entries) {
      Ranges found;
      for (const auto& stored : *entries)
        for (const auto& range : stored->entry.body().acks_recorded().ranges())
          found.emplace_back(range.after(), range.through());
      ranges.set_value(found);
    }));
    auto found = ranges.get_future().get();
    journal_->stop();
    ended_ = true;
    return found;
  }

 private:
  std::vector<std::shared_ptr<Silent>> receivers_;
  bool ended_ = false;
};

TEST_F(FetchingTest, APageSettlesWhatJoinsTheCursorAndNothingBeyondTheHead) {
  begin();
  std::array<Sequence, 3> alerts{};
  for (auto& alert : alerts) alert = publish();
  const auto start = holds({});
  EXPECT_LT(start, alerts[0]);
  EXPECT_EQ(holds({{alerts[1], alerts[2]}}), start) << "the first two are missing";
  EXPECT_EQ(holds({{0, alerts[2] + 1}}), start) << "nobody was served that";
  EXPECT_EQ(holds({{0, alerts[0]}, {alerts[0], alerts[1]}}), alerts[1]);
  EXPECT_EQ(holds({{0, alerts[0]}}), alerts[1]) << "never back";
  EXPECT_EQ(holds({{alerts[0], alerts[2]}}), alerts[2]);
  EXPECT_EQ(recorded(), (Ranges{{start, alerts[2]}}));
}

TEST_F(FetchingTest, WhatWasServedMayBeAcknowledgedByPost) {
  begin();
  const auto alert = publish();
  EXPECT_FALSE(acknowledge(Outlet::feed, alert));
  on_shard([&](Shard& shard) {
    const std::array<Shard::ServedAlert, 1> served{{{alert, Form::delivered}}};
    shard.served(principal(), Outlet::feed, served);
    return 0;
  });
  EXPECT_FALSE(acknowledge(Outlet::events, alert)) << "another outlet's";
  EXPECT_FALSE(acknowledge(Outlet::feed, alert + 1));
  EXPECT_TRUE(acknowledge(Outlet::feed, alert));
}

TEST_F(FetchingTest, WhatWasSteppedOverIsNeverAmongTheAcknowledged) {
  begin(1 << 20);
  std::array<Sequence, 4> alerts{};
  for (auto& alert : alerts) alert = publish();
  const auto start = holds({});
  EXPECT_EQ(attach(0).size(), 4U);
  ASSERT_TRUE(acknowledge(Outlet::tcp, alerts[0]));
  EXPECT_EQ(attach(alerts[2]), (std::vector<Sequence>{alerts[3]}));
  ASSERT_TRUE(acknowledge(Outlet::tcp, alerts[3]));
  EXPECT_EQ(recorded(), (Ranges{{start, alerts[0]}, {alerts[2], alerts[3]}}));
}

}  // namespace
}  // namespace noroshi::delivery
