// The alarms that stand, and the last of those that are over: a fold of the log.
//
// Threading  none inside: belongs to whoever folds.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"

namespace noroshi::alarms {

struct Alarm {
  enum class State { standing, acknowledged, cleared };

  v1::AlarmRaised raised;
  std::int64_t at_ms = 0;       // when it was raised, Unix milliseconds
  journal::Sequence entry = 0;  // that raised it
  std::optional<std::int64_t> acknowledged_ms = {};
  std::string acknowledged_by = {};
  std::optional<std::int64_t> cleared_ms = {};

  [[nodiscard]] State state() const {
    if (cleared_ms) return State::cleared;
    return acknowledged_ms ? State::acknowledged : State::standing;
  }
};

class Standing {
 public:
  static constexpr std::size_t over_max = 500;

  void apply(const v1::Entry& entry);

  // Acknowledged ones stand, too, until they are over. By id.
  [[nodiscard]] const std::map<std::string, Alarm, std::less<>>& all() const { return standing_; }
  // Null when it does not stand.
  [[nodiscard]] const Alarm* find(std::string_view id) const;
  // The last of those that are over, oldest first.
  [[nodiscard]] const std::deque<Alarm>& over() const { return over_; }

 private:
  void acknowledge(const v1::AlarmAcknowledged& acknowledged, std::int64_t at_ms);
  void end(const std::string& id, std::int64_t at_ms);

  std::map<std::string, Alarm, std::less<>> standing_;
  std::deque<Alarm> over_;
};

}  // namespace noroshi::alarms
