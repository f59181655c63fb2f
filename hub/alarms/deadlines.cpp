#include "hub/alarms/deadlines.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "hub/alarms/kinds.hpp"
#include "hub/in_force/stands_until.hpp"

namespace noroshi::alarms {
namespace {

bool ends_something(const v1::AlertAccepted& alert) {
  return alert.summary().message_type() == "Cancel" ||
         std::any_of(alert.lines().begin(), alert.lines().end(),
                     [](const auto& line) { return line.lift(); });
}

bool same(const v1::Deadlines& one, const v1::Deadlines& other) {
  return one.delivered_s() == other.delivered_s() && one.shown_s() == other.shown_s() &&
         one.withdrawn_s() == other.withdrawn_s();
}

}  // namespace

bool has_reached(const view::Rung& rung, Step step) {
  using State = view::Rung::State;
  if (step == Step::delivered) return rung.stored != view::Rung::Stored::no;
  if (step == Step::withdrawn) return rung.earlier != view::Rung::Earlier::shown;
  return rung.state != State::queued && rung.state != State::delivered;
}

std::string_view kind_of(Step step) {
  if (step == Step::delivered) return kind::delivered;
  return step == Step::shown ? kind::shown : kind::withdrawn;
}

std::string_view name_of(Step step) {
  constexpr std::string_view family = "deadline.";
  return kind_of(step).substr(family.size());
}

Missing missing_in(const view::Ladder& ladder, Step step) {
  Missing missing;
  for (const auto& rung : ladder.rungs) {
    if (has_reached(rung, step)) continue;
    if (missing.count++ < Missing::names_max) missing.subscribers.push_back(rung.subscriber);
  }
  return missing;
}

void Deadlines::apply(const v1::Entry& entry, std::int64_t at_ms) {
  const auto& body = entry.body();
  if (body.has_publisher_registered())
    register_deadlines(body.publisher_registered(), entry.sequence());
  else if (body.has_alert_accepted())
    await(body.alert_accepted(), entry.sequence(), at_ms);
}

void Deadlines::register_deadlines(const v1::PublisherRegistered& registered,
                                   journal::Sequence sequence) {
  const auto& deadlines = registered.policy().deadlines();
  const auto known = of_publishers_.find(registered.code());
  const auto& last = known == of_publishers_.end() ? v1::Deadlines::default_instance()
                                                   : known->second.rbegin()->second;
  if (same(deadlines, last)) return;
  auto& changes = of_publishers_[registered.code()];
  changes[sequence] = deadlines;
  if (changes.size() > changes_max) changes.erase(changes.begin());
}

std::vector<Limit> Deadlines::of(const v1::AlertAccepted& alert, journal::Sequence sequence) const {
  const auto publisher = of_publishers_.find(alert.publisher());
  if (publisher == of_publishers_.end()) return {};
  const auto next = publisher->second.upper_bound(sequence);
  if (next == publisher->second.begin()) return {};
  const auto& deadlines = std::prev(next)->second;
  std::vector<Limit> limits;
  const auto add = [&](Step step, std::uint32_t within_s) {
    if (within_s > 0) limits.push_back({step, within_s});
  };
  add(Step::delivered, deadlines.delivered_s());
  if (in_force::stands_until(alert)) add(Step::shown, deadlines.shown_s());
  if (ends_something(alert)) add(Step::withdrawn, deadlines.withdrawn_s());
  return limits;
}

void Deadlines::await(const v1::AlertAccepted& alert, journal::Sequence sequence,
                      std::int64_t at_ms) {
  while (!looks_.empty() && looks_.begin()->first < at_ms - looked_after_ms)
    looks_.erase(looks_.begin());
  for (const auto& [step, within_s] : of(alert, sequence)) {
    const auto due_ms = at_ms + std::int64_t{within_s} * 1000;
    looks_.emplace(due_ms, Look{sequence, step, alert.publisher(), within_s, due_ms,
                                drills::Channel::of(alert)});
  }
  while (looks_.size() > looks_max) looks_.erase(looks_.begin());
}

std::vector<Look> Deadlines::take_due(std::int64_t now_ms) {
  std::vector<Look> due;
  const auto end = looks_.upper_bound(now_ms);
  for (auto look = looks_.begin(); look != end; ++look) due.push_back(look->second);
  looks_.erase(looks_.begin(), end);
  return due;
}

}  // namespace noroshi::alarms
