#include "hub/outlets/webhook/retry.hpp"

#include <algorithm>

namespace noroshi::webhook {

std::chrono::milliseconds wait_after(const RetryRules& rules, std::uint32_t attempts,
                                     std::optional<std::chrono::seconds> asked, double chance) {
  auto wait = std::min(rules.first, rules.longest);
  for (std::uint32_t i = 1; i < attempts && wait < rules.longest; ++i)
    wait = std::min(2 * wait, rules.longest);
  const auto spread = static_cast<double>(wait.count()) * (0.75 + chance / 2);
  wait = std::chrono::milliseconds(static_cast<std::int64_t>(spread));
  if (asked) wait = std::max(wait, std::min<std::chrono::milliseconds>(*asked, rules.longest));
  return wait;
}

bool given_up(const RetryRules& rules, std::uint32_t attempts, std::chrono::milliseconds age) {
  return attempts >= rules.attempts_min && age >= rules.give_up_after;
}

}  // namespace noroshi::webhook
