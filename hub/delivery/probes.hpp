// Probes of the whole live path: begun with an entry, gathered from everybody who sends them on,
// and ended with an entry that says which steps did not arrive.
//
// Bounds     Probing::at_once_max under way. An entry names 100 steps, those that are missing
//            first, then the slowest. A probe that the process does not live to end has no end.
// Threading  any thread; `begun` and `ended` run on the journal's or a shard's and must only post.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hub/delivery/probing.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

// Of the last probe that ended.
struct ProbeGauges {
  std::atomic<std::uint64_t> finished{0};  // how many since the process began
  std::atomic<std::int64_t> at_ms{0};      // by the wall clock
  std::atomic<std::uint64_t> ms{0};        // from its entry to its last step
  std::atomic<std::uint64_t> arrived{0};
  std::atomic<std::uint64_t> missing{0};
};

class Probes {
 public:
  using Begun = std::function<void(Result<journal::Sequence>)>;
  using Ended = std::function<void(ProbeReport)>;
  static constexpr std::size_t entry_steps_max = 100;

  // Each probe is reported by `shards` shards, and once by everybody who joined.
  Probes(journal::JournalThread& journal, std::size_t shards, journal::WallClock clock)
      : journal_(journal), reporters_(shards), clock_(std::move(clock)) {}

  // Of `subscribers`, or of everybody who is connected. `begun` is told its sequence, or
  // unavailable when the journal takes no entry or too many are under way; then `ended` every step
  // it had, what is missing first.
  void start(const std::vector<std::string>& subscribers, const Begun& begun, const Ended& ended);

  // Before the first probe: whoever joins takes part in each, beside the shards. `begin` is called
  // with its sequence and whom it names, on any thread, and owes a report().
  using Joined = std::function<void(journal::Sequence, const std::vector<std::string>&)>;
  void join(Joined begin) { joined_.push_back(std::move(begin)); }
  void report(ProbeReport report);

  [[nodiscard]] const ProbeGauges& gauges() const { return gauges_; }

 private:
  struct Gathering {
    std::size_t reports = 0;
    std::vector<ProbeStep> steps;
    Ended ended;
  };
  void refuse(const Begun& begun, const std::string& detail);
  void finish(journal::Sequence probe, Gathering gathered);
  void count(const ProbeReport& whole);

  journal::JournalThread& journal_;
  const std::size_t reporters_;
  const journal::WallClock clock_;
  std::vector<Joined> joined_;
  std::mutex mutex_;
  std::size_t under_way_ = 0;                         // guarded by mutex_
  std::map<journal::Sequence, Gathering> gathering_;  // guarded by mutex_
  ProbeGauges gauges_;
};

}  // namespace noroshi::delivery
