// What time it is at the hub. Our own wall clock may be wrong and may jump, so it is never asked
// once a hub has said the time: from then on its word and a clock that only runs forward count.
//
// Threading  none inside.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace noroshi::subscribers {

class HubClock {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  // The hub said that it is `hub_ms` (Unix milliseconds). The latest word counts, also one that
  // lies before an earlier one.
  void heard(std::int64_t hub_ms, Steady now) { heard_ = Word{hub_ms, now}; }
  // Nothing before the first word.
  [[nodiscard]] std::optional<std::int64_t> now(Steady now) const {
    if (!heard_) return std::nullopt;
    return heard_->hub_ms +
           std::chrono::duration_cast<std::chrono::milliseconds>(now - heard_->at).count();
  }

 private:
  struct Word {
    std::int64_t hub_ms;
    Steady at;
  };
  std::optional<Word> heard_;
};

}  // namespace noroshi::subscribers
