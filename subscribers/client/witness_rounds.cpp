#include "subscribers/client/witness_rounds.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace noroshi::subscribers {

namespace {

constexpr std::chrono::milliseconds soon_most{30'000};

}  // namespace

WitnessRounds::WitnessRounds(Witness witness, std::vector<LinkSettings> hubs,
                             std::chrono::milliseconds every, std::uint64_t seed, Told told)
    : witness_(std::move(witness)),
      hubs_(std::move(hubs)),
      every_(every),
      seed_(seed),
      told_(std::move(told)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void WitnessRounds::soon() {
  {
    const std::lock_guard lock(mutex_);
    soon_ = true;
  }
  changed_.notify_all();
}

void WitnessRounds::run(const std::stop_token& stop) {
  std::mt19937_64 random(seed_);
  const auto between = [&](std::chrono::milliseconds least, std::chrono::milliseconds most) {
    return std::chrono::milliseconds(std::uniform_int_distribution<std::chrono::milliseconds::rep>(
        least.count(), most.count())(random));
  };
  while (!stop.stop_requested()) {
    for (std::size_t hub = 0; hub < hubs_.size() && !stop.stop_requested(); ++hub) {
      const auto finding = witness_.look(hubs_[hub], stop);
      if (!stop.stop_requested()) told_(hub, finding);
    }
    std::unique_lock lock(mutex_);
    soon_ = false;
    changed_.wait_for(lock, stop, between(every_ - every_ / 10, every_ + every_ / 10),
                      [this] { return soon_; });
    // Many receivers meet a hub that is back in one instant.
    if (soon_)
      changed_.wait_for(lock, stop,
                        between(std::chrono::milliseconds{0}, std::min(soon_most, every_)),
                        [] { return false; });
  }
}

}  // namespace noroshi::subscribers
