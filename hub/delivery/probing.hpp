// The probes under way on one shard, and the step each waits for of every subscriber and outlet.
//
// Bounds     at_once_max probes, each `within` long; of more the oldest ends early.
// Threading  belongs to its shard.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/delivery/outlet.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::delivery {

// How far a probe came by one outlet of one subscriber.
struct ProbeStep {
  std::string subscriber;
  Outlet outlet;
  bool arrived = false;
  std::uint32_t ms = 0;  // until it was acknowledged
  std::string detail;    // why it did not arrive
};

struct ProbeReport {
  journal::Sequence probe = 0;
  std::vector<ProbeStep> steps;
};

class Probing {
 public:
  using Sequence = journal::Sequence;
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t at_once_max = 8;
  static constexpr auto within = std::chrono::seconds(30);

  void begin(Sequence probe, const v1::ProbeStarted& started, Clock::time_point now);
  [[nodiscard]] bool under_way() const { return !open_.empty(); }

  // The subscriber is connected by `outlet`: the newest probe it is to be told, or 0. A step that
  // has arrived stays so.
  Sequence expect(const std::string& subscriber, Outlet outlet);
  // It is not, or no longer. Of a probe for all, that is no step; of one that names the subscriber,
  // a step that is missing.
  void away(const std::string& subscriber, Outlet outlet);
  void acknowledged(const std::string& subscriber, Outlet outlet, Sequence through,
                    Clock::time_point now);
  // The steps that may still arrive, each once.
  [[nodiscard]] std::vector<std::pair<std::string, Outlet>> pending() const;

  // Those that are complete, or out of time; they are no longer under way.
  std::vector<ProbeReport> take_finished(Clock::time_point now);

 private:
  enum class State { pending, arrived, away };
  struct Step {
    State state = State::pending;
    std::uint32_t ms = 0;
  };
  struct Open {
    Sequence probe;
    Clock::time_point began;
    std::unordered_set<std::string> subscribers;  // empty: all
    std::array<std::unordered_map<std::string, Step>, outlets> steps{};
    std::size_t missing = 0;

    [[nodiscard]] bool addresses(const std::string& subscriber) const {
      return subscribers.empty() || subscribers.contains(subscriber);
    }
    void set(Step& step, State state);
    [[nodiscard]] ProbeReport report() const;
  };

  std::deque<Open> open_;  // the oldest first
};

}  // namespace noroshi::delivery
