// Looks at the logs of some hubs again and again, on a thread of its own: nothing that is received
// waits for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "subscribers/client/witness.hpp"

namespace noroshi::subscribers {

class WitnessRounds {
 public:
  // Of the hub of this number in `hubs`; on the thread of the rounds.
  using Told = std::function<void(std::size_t hub, const Finding& finding)>;
  // The first round begins at once, every other a tenth sooner or later than `every`. `told`
  // outlives this.
  WitnessRounds(Witness witness, std::vector<LinkSettings> hubs, std::chrono::milliseconds every,
                std::uint64_t seed, Told told);
  // Ends what is under way, but for a host name that nobody answers for.
  ~WitnessRounds() = default;
  WitnessRounds(const WitnessRounds&) = delete;
  WitnessRounds& operator=(const WitnessRounds&) = delete;

  // A hub is back, and may be another: look within half a minute. From any thread.
  void soon();

 private:
  void run(const std::stop_token& stop);

  const Witness witness_;
  const std::vector<LinkSettings> hubs_;
  const std::chrono::milliseconds every_;
  const std::uint64_t seed_;
  const Told told_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool soon_ = false;
  std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace noroshi::subscribers
