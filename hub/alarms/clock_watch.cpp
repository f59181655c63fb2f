#include "hub/alarms/clock_watch.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace noroshi::alarms {

void ClockWatch::compare(std::int64_t wall_ms, std::int64_t steady_ms) {
  steady_ms_ = steady_ms;
  const auto apart = wall_ms - steady_ms;
  const auto moved = apart_ms_ ? apart - *apart_ms_ : 0;
  apart_ms_ = apart;
  if (std::abs(moved) > jump_ms) {
    jumped_by_ms_ = moved;
    jumped_at_steady_ms_ = steady_ms;
  } else if (jumped_at_steady_ms_ && steady_ms - *jumped_at_steady_ms_ >= remembered_ms) {
    jumped_at_steady_ms_.reset();
  }
}

void ClockWatch::synchronised(bool is, std::int64_t now_ms) {
  if (is)
    unsynchronised_since_ms_.reset();
  else if (!unsynchronised_since_ms_)
    unsynchronised_since_ms_ = now_ms;
}

std::optional<std::string> ClockWatch::trouble(std::int64_t now_ms) const {
  if (jumped_at_steady_ms_)
    return fmt::format("jumped by {:+.1f} s", static_cast<double>(jumped_by_ms_) / 1000);
  if (unsynchronised_since_ms_ && now_ms - *unsynchronised_since_ms_ >= unsynchronised_ms)
    return "not synchronised";
  return std::nullopt;
}

}  // namespace noroshi::alarms
