#include "hub/delivery/probes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/hub/delivery/running_shard.hpp"

namespace noroshi::delivery {
namespace {

using namespace std::chrono_literals;

// Keeps what it is told, in order, and answers when the test says so.
class Listener : public Receiver {
 public:
  explicit Listener(Outlet outlet) : outlet_(outlet) {}
  [[nodiscard]] Outlet outlet() const override { return outlet_; }
  bool ready() override { return takes; }
  bool permits(const Slot&) override { return true; }
  bool prepared(Slot&) override { return true; }
  void deliver(Slot& slot) override { told.push_back("alert " + std::to_string(slot.sequence())); }
  void pass(Sequence, const Fate&) override {}
  void probe(Sequence sequence) override {
    probed = sequence;
    told.push_back("probe " + std::to_string(sequence));
    if (answers) {
      EXPECT_TRUE(shard->acknowledge(*this, sequence));
    }
  }
  bool probe_arrived() override { return arrived; }
  void flush() override {}
  [[nodiscard]] std::size_t queued_bytes() const override { return 0; }
  void tick(std::chrono::steady_clock::time_point) override {}
  void goodbye(const std::string&, const std::string&, std::chrono::milliseconds) override {
    shard->farewell(*this);
  }

  Outlet outlet_;
  Shard* shard = nullptr;
  bool takes = true;
  bool answers = true;
  bool arrived = false;
  Sequence probed = 0;
  std::vector<std::string> told;
};

class ProbesTest : public ::testing::Test, public testing::RunningShard {
 protected:
  void TearDown() override { end(); }

  std::shared_ptr<Listener> attached(const registry::Principal& whose, Outlet outlet,
                                     bool answers = true) {
    auto listener = std::make_shared<Listener>(outlet);
    listener->answers = answers;
    on_shard([&](Shard& shard) {
      listener->shard = &shard;
      shard.welcome(listener);
      EXPECT_TRUE(shard.attach(whose, *listener, {std::nullopt, std::nullopt, 1000}));
      shard.feed(*listener);
      return 0;
    });
    return listener;
  }

  std::future<ProbeReport> start(const std::vector<std::string>& subscribers = {}) {
    auto ended = std::make_shared<std::promise<ProbeReport>>();
    fanout_->probes().start(
        subscribers, [](const Result<Sequence>& begun) { EXPECT_TRUE(begun); },
        [ended](ProbeReport report) { ended->set_value(std::move(report)); });
    return ended->get_future();
  }

  // The last entry of the log.
  v1::EntryBody last_entry() {
    std::promise<v1::EntryBody> read;
    EXPECT_TRUE(journal_->read(journal_->gauges().head - 1, {}, [&](const auto& entries) {
      read.set_value(entries->back()->entry.body());
    }));
    return read.get_future().get();
  }

  std::vector<std::string> told(const std::shared_ptr<Listener>& listener) {
    return on_shard([&](Shard&) { return listener->told; });
  }
};

TEST_F(ProbesTest, ReachesEveryOutletBehindWhatCameBeforeAndEndsInTheLog) {
  begin(1 << 20);
  const auto stream = attached(principal(), Outlet::stream);
  const auto events = attached(principal(), Outlet::events);
  const auto alert = publish();
  const auto report = start().get();
  const std::vector<std::string> expected{"alert " + std::to_string(alert),
                                          "probe " + std::to_string(report.probe)};
  EXPECT_EQ(told(stream), expected);
  EXPECT_EQ(told(events), expected);
  ASSERT_EQ(report.steps.size(), 2u);
  for (const auto& step : report.steps) EXPECT_TRUE(step.arrived) << step.detail;
  const auto entry = last_entry();
  ASSERT_TRUE(entry.has_probe_finished());
  EXPECT_EQ(entry.probe_finished().probe(), report.probe);
  EXPECT_EQ(entry.probe_finished().arrived(), 2u);
  EXPECT_EQ(fanout_->probes().gauges().arrived, 2u);
  EXPECT_EQ(fanout_->probes().gauges().missing, 0u);
}

TEST_F(ProbesTest, AnOutletWithoutAWayBackSaysItselfWhenAllHasArrived) {
  begin();
  const auto events = attached(principal(), Outlet::events, false);
  auto report = start();
  EXPECT_EQ(report.wait_for(200ms), std::future_status::timeout);
  on_shard([&](Shard&) { return events->arrived = true; });
  EXPECT_TRUE(report.get().steps.at(0).arrived);
}

TEST_F(ProbesTest, WhoLeavesMeanwhileIsNoMissingStepUnlessHeWasNamed) {
  for (const bool named : {false, true}) {
    SCOPED_TRACE(named);
    begin();
    const auto silent = attached(principal(), Outlet::stream, false);
    auto report = start(named ? std::vector<std::string>{"tv"} : std::vector<std::string>{});
    while (on_shard([&](Shard&) { return silent->probed; }) == 0) {
    }
    on_shard([&](Shard& shard) {
      shard.farewell(*silent);
      return 0;
    });
    const auto steps = report.get().steps;
    ASSERT_EQ(steps.size(), named ? 1u : 0u);
    if (named) {
      EXPECT_EQ(steps[0].detail, "not connected");
    } else {
      end();
    }
  }
}

TEST_F(ProbesTest, WhoComesAgainMeanwhileIsToldOnTheNewConnection) {
  begin();
  attached(principal(), Outlet::stream, false);
  auto report = start();
  EXPECT_EQ(report.wait_for(100ms), std::future_status::timeout);
  const auto again = attached(principal(), Outlet::stream);
  EXPECT_TRUE(report.get().steps.at(0).arrived);
}

TEST_F(ProbesTest, NamesTheConnectionsThatASubscriptionHasAndThatAreNotThere) {
  begin();
  v1::EntryBody subscriber;
  auto& registered = *subscriber.mutable_subscriber_registered();
  registered.set_id("tv");
  registered.add_areas("36");
  for (const auto* outlet : {"stream", "events", "feed"}) registered.add_outlets(outlet);
  append(subscriber);
  attached(principal(), Outlet::stream);
  const auto steps = start({"tv"}).get().steps;
  ASSERT_EQ(steps.size(), 2u) << "a feed is not a connection";
  EXPECT_EQ(steps[0].outlet, Outlet::events) << "what is missing comes first";
  EXPECT_FALSE(steps[0].arrived);
  EXPECT_TRUE(steps[1].arrived);
}

TEST_F(ProbesTest, AProbeOfOneIsToldToNobodyElseAndToNoDrill) {
  begin();
  const auto drill = open_drill("shakeout");
  const auto live = attached(principal(), Outlet::stream);
  const auto drilling = attached(drill, Outlet::stream);
  EXPECT_TRUE(start({"nobody"}).get().steps.empty());
  EXPECT_EQ(start().get().steps.size(), 1u);
  EXPECT_EQ(told(live).size(), 1u);
  EXPECT_TRUE(told(drilling).empty());
}

TEST_F(ProbesTest, AnAcknowledgementOfAProbeMovesTheCursorNoFurtherThanTheLastAlert) {
  begin(1 << 20);
  const auto alert = publish();
  const auto tv = attached(principal(), Outlet::stream);
  EXPECT_TRUE(start().get().steps.at(0).arrived);
  const auto again = std::make_shared<Listener>(Outlet::stream);
  const auto cursor = on_shard([&](Shard& shard) {
    again->shard = &shard;
    shard.welcome(again);
    return shard.attach(principal(), *again, {std::nullopt, std::nullopt, 10})->cursor;
  });
  EXPECT_EQ(cursor, alert);
}

TEST_F(ProbesTest, WhoComesTooOftenIsRefused) {
  begin();
  const auto silent = attached(principal(), Outlet::stream, false);
  std::vector<std::future<ProbeReport>> reports;
  for (std::size_t i = 0; i < Probing::at_once_max; ++i) reports.push_back(start());
  std::promise<bool> taken;
  fanout_->probes().start(
      {}, [&](const Result<Sequence>& begun) { taken.set_value(begun.has_value()); },
      [](const ProbeReport&) { FAIL(); });
  EXPECT_FALSE(taken.get_future().get());
  on_shard([&](Shard& shard) {
    shard.farewell(*silent);
    return 0;
  });
  for (auto& report : reports) EXPECT_TRUE(report.get().steps.empty());
}

// Time given by hand.
TEST(Probing, ReportsWhoHasNotAnsweredInTime) {
  Probing probing;
  const Probing::Clock::time_point began{};
  probing.begin(7, {}, began);
  EXPECT_EQ(probing.expect("quick", Outlet::stream), 7u);
  probing.expect("silent", Outlet::webhook);
  probing.acknowledged("quick", Outlet::stream, 6, began);
  EXPECT_EQ(probing.pending().size(), 2u) << "an earlier acknowledgement is none of it";
  probing.acknowledged("quick", Outlet::stream, 9, began + 40ms);
  EXPECT_TRUE(probing.take_finished(began + Probing::within - 1ms).empty());
  const auto finished = probing.take_finished(began + Probing::within);
  ASSERT_EQ(finished.size(), 1u);
  ASSERT_EQ(finished[0].steps.size(), 2u);
  for (const auto& step : finished[0].steps) {
    EXPECT_EQ(step.arrived, step.subscriber == "quick");
    EXPECT_EQ(step.ms, step.arrived ? 40u : 0u);
    EXPECT_EQ(step.detail, step.arrived ? "" : "no answer in time");
  }
  EXPECT_FALSE(probing.under_way());
}

}  // namespace
}  // namespace noroshi::delivery
