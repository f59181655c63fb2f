// The lines of an alert that stand at a time, for whoever asks about an area.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::in_force {

// What an order says of one kind and hazard. `districts` are those that concern the area asked for;
// `except` those of a whole municipality that are lifted.
struct OrderedLine {
  enum class State { issue, expired_unlifted } state = State::issue;
  int line = -1;  // among the alert's; -1 in a plain alert
  std::string event;
  std::string hazard;
  std::uint32_t level = 0;
  std::vector<std::string> districts;
  std::vector<std::string> except;
  std::optional<std::int64_t> onset_ms;
  std::optional<std::int64_t> expires_ms;
};

// Empty when nothing of it concerns the area. A plain alert is one line.
std::vector<OrderedLine> lines_in_force(const v1::AlertAccepted& alert, std::string_view area,
                                        std::int64_t now_ms);

}  // namespace noroshi::in_force
