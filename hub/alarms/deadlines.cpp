#include "hub/alarms/deadlines.hpp"

#include <algorithm>
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

bool has_reached(const view::Rung& rung, Step step) {
  using State = view::Rung::State;
  if (step == Step::delivered) return rung.stored != view::Rung::Stored::no;
  if (step == Step::withdrawn) return rung.earlier != view::Rung::Earlier::shown;
  return rung.state != State::queued && rung.state != State::delivered;
}

}  // namespace

std::string_view kind_of(Step step) {
  if (step == Step::delivered) return kind::delivered;
  return step == Step::shown ? kind::shown : kind::withdrawn;
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
  if (body.has_publisher_registered()) {
    const auto& registered = body.publisher_registered();
    if (registered.policy().has_deadlines())
      of_publishers_[registered.code()] = registered.policy().deadlines();
    else
      of_publishers_.erase(registered.code());
  } else if (body.has_alert_accepted()) {
    await(body.alert_accepted(), entry.sequence(), at_ms);
  }
}

void Deadlines::await(const v1::AlertAccepted& alert, journal::Sequence sequence,
                      std::int64_t at_ms) {
  while (!looks_.empty() && looks_.begin()->first < at_ms - looked_after_ms)
    looks_.erase(looks_.begin());
  const auto found = of_publishers_.find(alert.publisher());
  if (found == of_publishers_.end()) return;
  const auto& deadlines = found->second;
  const auto add = [&](Step step, std::uint32_t within_s) {
    if (within_s == 0) return;
    const auto due_ms = at_ms + std::int64_t{within_s} * 1000;
    looks_.emplace(due_ms, Look{sequence, step, alert.publisher(), within_s, due_ms,
                                drills::Channel::of(alert)});
  };
  add(Step::delivered, deadlines.delivered_s());
  if (in_force::stands_until(alert)) add(Step::shown, deadlines.shown_s());
  if (ends_something(alert)) add(Step::withdrawn, deadlines.withdrawn_s());
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
