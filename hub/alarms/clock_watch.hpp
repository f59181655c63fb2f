// Whether the wall clock can be believed: compared with the steady clock, and by what the kernel
// says of it.
//
// Threading  none inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace noroshi::alarms {

class ClockWatch {
 public:
  // A jump by more is told, until so long has passed without another.
  static constexpr std::int64_t jump_ms = 3'000;
  static constexpr std::int64_t remembered_ms = 60 * 60 * 1000;
  // For so long nothing may keep the clock right before it is told.
  static constexpr std::int64_t unsynchronised_ms = 5 * 60 * 1000;

  void compare(std::int64_t wall_ms, std::int64_t steady_ms);
  // `now_ms` by the same clock in both.
  void synchronised(bool is, std::int64_t now_ms);

  // What is wrong at `now_ms`; nothing when all is well.
  [[nodiscard]] std::optional<std::string> trouble(std::int64_t now_ms) const;
  // Nothing keeps it right, for however short a time.
  [[nodiscard]] bool doubtful() const { return unsynchronised_since_ms_.has_value(); }

 private:
  std::optional<std::int64_t> apart_ms_;  // wall less steady, when last compared
  std::int64_t jumped_by_ms_ = 0;
  std::optional<std::int64_t> jumped_at_steady_ms_;
  std::int64_t steady_ms_ = 0;
  std::optional<std::int64_t> unsynchronised_since_ms_;
};

}  // namespace noroshi::alarms
