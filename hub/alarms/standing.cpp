#include "hub/alarms/standing.hpp"

#include <utility>

#include "hub/alarms/kinds.hpp"

namespace noroshi::alarms {

void Standing::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_alarm_raised()) {
    const auto& raised = body.alarm_raised();
    standing_.try_emplace(raised.id(), Alarm{raised, entry.at_ms(), entry.sequence()});
  } else if (body.has_alarm_acknowledged()) {
    acknowledge(body.alarm_acknowledged(), entry.at_ms());
  } else if (body.has_alarm_cleared()) {
    end(body.alarm_cleared().id(), entry.at_ms());
  }
}

void Standing::acknowledge(const v1::AlarmAcknowledged& acknowledged, std::int64_t at_ms) {
  const auto found = standing_.find(acknowledged.id());
  if (found == standing_.end() || found->second.acknowledged_ms) return;
  found->second.acknowledged_ms = at_ms;
  found->second.acknowledged_by = acknowledged.by();
  if (ends_by_acknowledgement(found->second.raised.kind())) end(acknowledged.id(), at_ms);
}

void Standing::end(const std::string& id, std::int64_t at_ms) {
  auto ended = standing_.extract(id);
  if (ended.empty()) return;
  ended.mapped().cleared_ms = at_ms;
  over_.push_back(std::move(ended.mapped()));
  if (over_.size() > over_max) over_.pop_front();
}

const Alarm* Standing::find(std::string_view id) const {
  const auto found = standing_.find(id);
  return found == standing_.end() ? nullptr : &found->second;
}

}  // namespace noroshi::alarms
