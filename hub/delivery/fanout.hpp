// All shards: which one a subscriber belongs to, and everything they have in common.
//
// Threading  any thread.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "hub/delivery/probes.hpp"
#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {

class Fanout {
 public:
  // `folds` as of the journal's head; follows the journal from there on, so it is made before the
  // journal starts.
  Fanout(unsigned shards, journal::JournalThread& journal, const Folds& folds, std::uint64_t epoch,
         const std::string& environment, std::size_t ring_bytes_max,
         const journal::WallClock& clock);

  // Before start(): is told, on a shard's thread, of each subscriber that holds more than the log.
  void on_rolled_back(const Shard::RolledBack& tell);
  void start();
  void stop(std::chrono::milliseconds limit);

  // The one shard where all connections of this subscriber live.
  [[nodiscard]] Shard& shard_of(std::string_view subscriber);
  // Each of them, in an order that does not change.
  void for_each(const std::function<void(Shard&)>& visit);
  // How every subscriber connected in `channel` stands; `answer` runs on one of the shards'
  // threads.
  void states(const drills::Channel& channel,
              std::function<void(std::vector<SubscriberState>)> answer);

  struct Totals {
    std::uint64_t connected = 0, deliveries = 0, passed = 0, served = 0, lagging = 0, stalled = 0,
                  rolled_back = 0, replaced = 0, receipts_declined = 0, crossings_refused = 0,
                  catch_up_reads = 0, queued_bytes = 0, queued_bytes_max = 0, ring_bytes = 0;
    std::array<std::uint64_t, goodbye_codes.size()> goodbyes{};
  };
  [[nodiscard]] Totals totals() const;

  [[nodiscard]] Probes& probes() { return probes_; }

 private:
  void take_probe(const Shard& shard, ProbeReport report);

  Probes probes_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace noroshi::delivery
