#include "hub/delivery/fanout.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace noroshi::delivery {

Fanout::Fanout(unsigned shards, journal::JournalThread& journal, const Folds& folds,
               std::uint64_t epoch, const std::string& environment, std::size_t ring_bytes_max,
               const journal::WallClock& clock)
    : probes_(journal, shards, clock) {
  for (unsigned i = 0; i < shards; ++i) {
    auto& shard = *shards_.emplace_back(
        std::make_unique<Shard>(journal, folds, epoch, environment, ring_bytes_max, clock));
    shard.report_probes_to(
        [this, &shard](ProbeReport report) { take_probe(shard, std::move(report)); });
  }
  journal.follow([this](const journal::Batch& batch) {
    for (const auto& shard : shards_) shard->entries(batch);
  });
}

void Fanout::on_rolled_back(const Shard::RolledBack& tell) {
  for (const auto& shard : shards_) shard->on_rolled_back(tell);
}

void Fanout::start() {
  for (const auto& shard : shards_) shard->start();
}

// At the same time, so that the limit holds for all of them together.
void Fanout::stop(std::chrono::milliseconds limit) {
  std::vector<std::thread> stopping;
  for (const auto& shard : shards_) stopping.emplace_back([&shard, limit] { shard->stop(limit); });
  for (auto& thread : stopping) thread.join();
}

Shard& Fanout::shard_of(std::string_view subscriber) {
  return *shards_[std::hash<std::string_view>{}(subscriber) % shards_.size()];
}

// Every shard says of those a probe names that they are not connected to it.
void Fanout::take_probe(const Shard& shard, ProbeReport report) {
  std::erase_if(report.steps,
                [&](const auto& step) { return &shard_of(step.subscriber) != &shard; });
  probes_.report(std::move(report));
}

void Fanout::for_each(const std::function<void(Shard&)>& visit) {
  for (const auto& shard : shards_) visit(*shard);
}

void Fanout::states(const drills::Channel& channel,
                    std::function<void(std::vector<SubscriberState>)> answer) {
  struct Gathering {
    std::mutex mutex;
    std::vector<SubscriberState> states;
    std::size_t missing;
    std::function<void(std::vector<SubscriberState>)> answer;
  };
  auto gathering = std::make_shared<Gathering>();
  gathering->missing = shards_.size();
  gathering->answer = std::move(answer);
  for (const auto& shard : shards_)
    shard->post([gathering, channel, &shard = *shard] {
      const std::lock_guard lock(gathering->mutex);
      for (auto& state : shard.states(channel)) gathering->states.push_back(std::move(state));
      if (--gathering->missing == 0) gathering->answer(std::move(gathering->states));
    });
}

Fanout::Totals Fanout::totals() const {
  Totals totals;
  for (const auto& shard : shards_) {
    const auto& gauges = shard->gauges();
    totals.connected += gauges.connected;
    totals.deliveries += gauges.deliveries;
    totals.passed += gauges.passed;
    totals.served += gauges.served;
    totals.lagging += gauges.lagging;
    totals.stalled += gauges.stalled;
    totals.rolled_back += gauges.rolled_back;
    totals.replaced += gauges.replaced;
    totals.receipts_declined += gauges.receipts_declined;
    totals.crossings_refused += gauges.crossings_refused;
    totals.catch_up_reads += gauges.catch_up_reads;
    totals.queued_bytes += gauges.queued_bytes;
    totals.queued_bytes_max = std::max(totals.queued_bytes_max, gauges.queued_bytes_max.load());
    totals.ring_bytes += gauges.ring_bytes;
    for (std::size_t i = 0; i < goodbye_codes.size(); ++i) totals.goodbyes[i] += gauges.goodbyes[i];
  }
  return totals;
}

}  // namespace noroshi::delivery
