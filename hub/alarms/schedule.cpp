#include "hub/alarms/schedule.hpp"

#include <algorithm>
#include <chrono>

namespace noroshi::alarms {
namespace {

std::int64_t in_ms(std::chrono::seconds duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace

bool concerns(const config::Notify& rule, const Alarm& alarm) {
  if (!alarm.raised.drill().empty() && !rule.drills) return false;
  return rule.alarms.empty() ||
         std::any_of(rule.alarms.begin(), rule.alarms.end(), [&](const std::string& prefix) {
           return alarm.raised.kind().starts_with(prefix);
         });
}

std::vector<Call> Schedule::due(const Standing& alarms, std::int64_t now_ms) {
  forget(alarms);
  std::vector<std::pair<Key, const Alarm*>> waiting;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule)
    for (const auto& [id, alarm] : alarms.all()) {
      if (alarm.state() != Alarm::State::standing || !concerns(rules_[rule], alarm)) continue;
      const auto& telling = tellings_[{rule, id}];
      if (!telling.under_way && telling.next_ms <= now_ms) waiting.push_back({{rule, id}, &alarm});
    }
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const auto& a, const auto& b) { return a.second->at_ms < b.second->at_ms; });
  std::vector<Call> calls;
  for (const auto& [key, alarm] : waiting) {
    if (under_way_ == calls_at_once_max) break;
    auto& telling = tellings_[key];
    telling.entry = alarm->entry;
    telling.under_way = true;
    ++under_way_;
    calls.push_back({key.first, *alarm, telling.told + 1});
  }
  return calls;
}

void Schedule::over(const Call& call, Outcome outcome, std::int64_t now_ms) {
  --under_way_;
  const auto found = tellings_.find({call.rule, call.alarm.raised.id()});
  if (found == tellings_.end() || found->second.entry != call.alarm.entry) return;
  auto& telling = found->second;
  const auto& rule = rules_[call.rule];
  telling.under_way = false;
  if (outcome == Outcome::failed) {
    telling.retry_ms = telling.retry_ms == 0 ? retry_first_ms : telling.retry_ms * 2;
    telling.retry_ms = std::min(telling.retry_ms, in_ms(rule.repeat));
    telling.next_ms = now_ms + telling.retry_ms;
    return;
  }
  ++telling.told;
  telling.retry_ms = 0;
  telling.pause_ms = telling.pause_ms == 0 ? in_ms(rule.repeat)
                                           : std::min(telling.pause_ms * 2, in_ms(rule.repeat_max));
  telling.next_ms = now_ms + telling.pause_ms;
}

// What no longer stands, or was raised anew; one under way is counted until it is over.
void Schedule::forget(const Standing& alarms) {
  std::erase_if(tellings_, [&](const auto& telling) {
    const auto* alarm = alarms.find(telling.first.second);
    return alarm == nullptr || (telling.second.entry != 0 && telling.second.entry != alarm->entry);
  });
}

}  // namespace noroshi::alarms
