#include "hub/alarms/schedule.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "hub/alarms/channels.hpp"
#include "hub/alarms/kinds.hpp"

namespace noroshi::alarms {
namespace {

std::int64_t in_ms(std::chrono::seconds duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

// The last that had this id, if somebody can be told of its end.
const Alarm* ended_of(const Standing& alarms, const std::string& id) {
  const auto& over = alarms.over();
  const auto found = std::find_if(over.rbegin(), over.rend(),
                                  [&](const Alarm& alarm) { return alarm.raised.id() == id; });
  const bool news = found != over.rend() && !ends_by_acknowledgement(found->raised.kind());
  return news ? &*found : nullptr;
}

}  // namespace

std::string_view name_of(Call::Word word) {
  if (word == Call::Word::raised) return "raised";
  return word == Call::Word::repeated ? "repeated" : "over";
}

bool concerns(const config::Notify& rule, const Alarm& alarm) {
  if (!alarm.raised.drill().empty() && !rule.drills) return false;
  return rule.alarms.empty() ||
         std::any_of(rule.alarms.begin(), rule.alarms.end(), [&](const std::string& prefix) {
           return alarm.raised.kind().starts_with(prefix);
         });
}

Schedule::Schedule(std::vector<config::Notify> rules, Told told)
    : rules_(std::move(rules)),
      channels_(channels_of(rules_)),
      told_(std::move(told)),
      under_way_(rules_.size()) {}

std::vector<Call> Schedule::due(const Standing& alarms, std::int64_t now_ms) {
  forget(alarms);
  find_ended(alarms, now_ms);
  std::vector<Call> calls;
  take_standing(alarms, now_ms, calls);
  take_ended(now_ms, calls);
  return calls;
}

void Schedule::take_standing(const Standing& alarms, std::int64_t now_ms,
                             std::vector<Call>& calls) {
  std::vector<std::pair<Key, const Alarm*>> waiting;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule)
    for (const auto& [id, alarm] : alarms.all()) {
      if (alarm.state() != Alarm::State::standing || !concerns(rules_[rule], alarm)) continue;
      if (!busy({rule, id}) && tellings_[{rule, id}].next_ms <= now_ms)
        waiting.push_back({{rule, id}, &alarm});
    }
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const auto& a, const auto& b) { return a.second->at_ms < b.second->at_ms; });
  for (const auto& [key, alarm] : waiting) {
    if (full(key.first)) continue;
    auto& telling = tellings_[key];
    telling.entry = alarm->entry;
    telling.under_way = true;
    ++under_way_[key.first];
    const auto known = told_.all().find({channels_[key.first], key.second});
    const bool again = known != told_.all().end() && known->second == alarm->entry;
    calls.push_back(
        {key.first, *alarm, telling.told + 1, again ? Call::Word::repeated : Call::Word::raised});
  }
}

void Schedule::take_ended(std::int64_t now_ms, std::vector<Call>& calls) {
  for (auto& [key, ended] : ended_) {
    if (full(key.first) || busy(key) || ended.next_ms > now_ms) continue;
    ended.under_way = true;
    ++under_way_[key.first];
    calls.push_back({key.first, ended.alarm, 1, Call::Word::over});
  }
}

// One at a time to each about each, so that what is over is heard of last.
bool Schedule::busy(const Key& key) const {
  const auto telling = tellings_.find(key);
  const auto ended = ended_.find(key);
  return (telling != tellings_.end() && telling->second.under_way) ||
         (ended != ended_.end() && ended->second.under_way);
}

void Schedule::over(const Call& call, Outcome outcome, std::int64_t now_ms) {
  --under_way_[call.rule];
  if (call.word == Call::Word::over) return said_over(call, outcome, now_ms);
  const auto& id = call.alarm.raised.id();
  auto& telling = tellings_.at({call.rule, id});
  const auto& rule = rules_[call.rule];
  telling.under_way = false;
  if (outcome == Outcome::failed)
    return retry_later(telling.retry_ms, telling.next_ms, call.rule, now_ms);
  told_.add({channels_[call.rule], id}, call.alarm.entry);
  ++telling.told;
  telling.retry_ms = 0;
  telling.pause_ms = telling.pause_ms == 0 ? in_ms(rule.repeat)
                                           : std::min(telling.pause_ms * 2, in_ms(rule.repeat_max));
  telling.next_ms = now_ms + telling.pause_ms;
}

void Schedule::said_over(const Call& call, Outcome outcome, std::int64_t now_ms) {
  const auto& id = call.alarm.raised.id();
  const auto found = ended_.find({call.rule, id});
  assert(found != ended_.end());
  found->second.under_way = false;
  if (outcome == Outcome::failed)
    return retry_later(found->second.retry_ms, found->second.next_ms, call.rule, now_ms);
  ended_.erase(found);
  told_.remove({channels_[call.rule], id});
}

void Schedule::retry_later(std::int64_t& retry_ms, std::int64_t& next_ms, std::size_t rule,
                           std::int64_t now_ms) const {
  retry_ms = std::min(retry_ms == 0 ? retry_first_ms : retry_ms * 2, in_ms(rules_[rule].repeat));
  next_ms = now_ms + retry_ms;
}

// What no longer stands, or was raised anew; what is under way is kept until it is done.
void Schedule::forget(const Standing& alarms) {
  std::erase_if(tellings_, [&](const auto& telling) {
    const auto* alarm = alarms.find(telling.first.second);
    return !telling.second.under_way &&
           (alarm == nullptr ||
            (telling.second.entry != 0 && telling.second.entry != alarm->entry));
  });
  std::erase_if(ended_, [&](const auto& ended) {
    return !ended.second.under_way && alarms.find(ended.first.second) != nullptr;
  });
}

// Of what was told: what is over now. Who is not told of alarms any more is owed nothing.
void Schedule::find_ended(const Standing& alarms, std::int64_t now_ms) {
  std::vector<Told::Key> owed_nothing;
  for (const auto& [key, entry] : told_.all()) {
    const auto& [channel, id] = key;
    const auto at = std::find(channels_.begin(), channels_.end(), channel);
    const Key ours{static_cast<std::size_t>(at - channels_.begin()), id};
    if (at == channels_.end()) {
      owed_nothing.push_back(key);
    } else if (const auto known = ended_.find(ours); known != ended_.end()) {
      if (now_ms < known->second.until_ms || known->second.under_way) continue;
      ended_.erase(known);
      owed_nothing.push_back(key);
    } else if (alarms.find(id) == nullptr) {
      if (const auto* alarm = ended_of(alarms, id))
        ended_.emplace(ours, Ended{*alarm, now_ms + over_tried_ms});
      else
        owed_nothing.push_back(key);
    }
  }
  for (const auto& key : owed_nothing) told_.remove(key);
}

}  // namespace noroshi::alarms
