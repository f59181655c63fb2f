// When a webhook that was not taken is tried again, and when no more.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace noroshi::webhook {

struct RetryRules {
  std::chrono::milliseconds first{5'000};
  std::chrono::milliseconds longest{std::chrono::hours(6)};
  // Counted from the alert (or its replay), and never before so many attempts.
  std::chrono::milliseconds give_up_after{std::chrono::hours(72)};
  std::uint32_t attempts_min = 5;
};

// The wait after `attempts` in vain: twice as long each time, up to `longest`, a quarter of it more
// or less (`chance` in [0, 1)), so that those who failed together do not come together again. What
// the endpoint asked for counts where it is longer, up to `longest`.
std::chrono::milliseconds wait_after(const RetryRules& rules, std::uint32_t attempts,
                                     std::optional<std::chrono::seconds> asked, double chance);
// `age`: since the alert was accepted or replayed.
bool given_up(const RetryRules& rules, std::uint32_t attempts, std::chrono::milliseconds age);

}  // namespace noroshi::webhook
