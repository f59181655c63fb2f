#include "hub/api/ladder_deadlines.hpp"

#include <boost/json/object.hpp>

#include "hub/api/times.hpp"

namespace noroshi::api {

LadderDeadlines deadlines_at(const alarms::Deadlines& deadlines, const view::Listed& alert,
                             std::int64_t now_ms) {
  LadderDeadlines all;
  for (const auto& limit : deadlines.of(alert.alert, alert.sequence)) {
    const auto due_ms = alert.at_ms + std::int64_t{limit.within_s} * 1000;
    all.push_back({limit, due_ms, due_ms <= now_ms});
  }
  return all;
}

std::optional<std::int64_t> next_due(const LadderDeadlines& deadlines) {
  std::optional<std::int64_t> next;
  for (const auto& deadline : deadlines)
    if (!deadline.over && (!next || deadline.due_ms < *next)) next = deadline.due_ms;
  return next;
}

boost::json::array deadlines_json(const LadderDeadlines& deadlines, const view::Ladder& ladder) {
  boost::json::array json;
  for (const auto& [limit, due_ms, over] : deadlines) {
    const auto missing = alarms::missing_in(ladder, limit.step).count;
    json.push_back(boost::json::object{{"step", alarms::name_of(limit.step)},
                                       {"within_s", limit.within_s},
                                       {"due_at", timestamp(due_ms)},
                                       {"missing", missing},
                                       {"overdue", over && missing > 0}});
  }
  return json;
}

boost::json::array overdue_json(const LadderDeadlines& deadlines, const view::Rung& rung) {
  boost::json::array json;
  for (const auto& [limit, due_ms, over] : deadlines)
    if (over && !alarms::has_reached(rung, limit.step))
      json.emplace_back(alarms::name_of(limit.step));
  return json;
}

}  // namespace noroshi::api
