// Which of several hubs to call next, and after how long: in their order of preference, staying on
// one that works, back on a better one later. Pure; time is passed in.
//
// A hub that is lost gives way to the best other one at once (after a short random wait, so that a
// thousand receivers do not fall on it in one instant); only when all have failed in turn, without
// an alert or a heartbeat between, the wait grows. One that refuses us is set aside for
// `aside`, one that names a time for as long. With a single hub this is plain backoff.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "subscribers/client/backoff.hpp"

namespace noroshi::subscribers {

class HubOrder {
 public:
  using Clock = std::chrono::steady_clock;
  using Wait = std::chrono::milliseconds;

  static constexpr Wait aside{300'000};  // also the most a hub may ask for
  static constexpr Wait return_most{3'600'000};

  struct Settings {
    std::size_t hubs = 1;  // at least 1
    Wait backoff_first{500};
    Wait backoff_most{30'000};
    Wait return_first{60'000};  // how long on a lesser hub before a better one is looked at
    std::uint64_t seed = 0;
  };
  explicit HubOrder(const Settings& settings);

  // The one to call, or that we are on.
  [[nodiscard]] std::size_t current() const { return current_; }

  // The current hub did something that counts as working: backoff begins anew.
  void works();
  // The current hub failed; `asked` is how long it wants to be left alone. How long to wait before
  // calling current(), which is another one now if there is another.
  Wait failed(std::optional<Wait> asked, Clock::time_point now);
  // The current hub refuses us. Nothing when every hub does.
  std::optional<Wait> refused(Clock::time_point now);

  // Only while connected: after how long to look at a better hub; nothing on the best one.
  [[nodiscard]] std::optional<Wait> look_after() const;
  // The best hub that is not set aside; current() when there is none better.
  [[nodiscard]] std::size_t better(Clock::time_point now) const;
  // The better one was there: go to it. One that fails soon is looked at less often, up to
  // `return_most`.
  void go_to(std::size_t hub, Clock::time_point now);

 private:
  struct Hub {
    std::optional<Clock::time_point> not_before;
    bool refused = false;
    bool tried = false;  // failed since something last worked
  };
  Wait next(Clock::time_point now);
  [[nodiscard]] bool free(const Hub& hub, Clock::time_point now) const;

  Settings settings_;
  std::vector<Hub> hubs_;
  std::size_t current_ = 0;
  Backoff backoff_;
  Backoff step_;  // between two hubs
  Wait return_wait_;
  std::optional<Clock::time_point> returned_;
};

}  // namespace noroshi::subscribers
