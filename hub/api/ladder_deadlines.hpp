// The deadlines of an alert as its ladder tells them (contract, "Alarms").
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "hub/alarms/deadlines.hpp"
#include "hub/view/view.hpp"

namespace noroshi::api {

struct LadderDeadline {
  alarms::Limit limit;
  std::int64_t due_ms = 0;
  bool over = false;
};
using LadderDeadlines = std::vector<LadderDeadline>;

// As it stands at `now_ms`, by the clock that accepted the alert.
LadderDeadlines deadlines_at(const alarms::Deadlines& deadlines, const view::Listed& alert,
                             std::int64_t now_ms);
// When the next of them will be over.
std::optional<std::int64_t> next_due(const LadderDeadlines& deadlines);

// With how many are missing, and whether the time for it is over.
boost::json::array deadlines_json(const LadderDeadlines& deadlines, const view::Ladder& ladder);
// The steps that `rung` should have reached by now.
boost::json::array overdue_json(const LadderDeadlines& deadlines, const view::Rung& rung);

}  // namespace noroshi::api
