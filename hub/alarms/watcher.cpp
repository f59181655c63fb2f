#include "hub/alarms/watcher.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "hub/alarms/kinds.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::alarms {
namespace {

// Free space has to grow by a tenth beyond what is too little before the alarm is over.
constexpr std::uint64_t enough_tenths = 11;

std::string id_of(const Look& look) { return alarms::id_of(kind_of(look.step), look.alert); }

v1::AlarmRaised missed(const Look& look, const Missing& missing) {
  v1::AlarmRaised raised;
  raised.set_id(id_of(look));
  raised.set_kind(std::string(kind_of(look.step)));
  raised.set_publisher(look.publisher);
  raised.set_sequence(look.alert);
  raised.mutable_subscribers()->Assign(missing.subscribers.begin(), missing.subscribers.end());
  raised.set_missing(missing.count);
  raised.set_detail(std::to_string(look.within_s) + " s");
  raised.set_drill(look.channel.drill());
  return raised;
}

}  // namespace

Watcher::Watcher(Folds folds, Surroundings surroundings)
    : folds_(std::move(folds)),
      surroundings_(std::move(surroundings)),
      wall_at_start_ms_(surroundings_.wall_ms()),
      steady_at_start_ms_(surroundings_.steady_ms()) {}

std::int64_t Watcher::now_ms() const {
  return wall_at_start_ms_ + (surroundings_.steady_ms() - steady_at_start_ms_);
}

void Watcher::apply(const v1::Entry& entry) { folds_.apply(entry, now_ms()); }

void Watcher::tick() {
  clock_.compare(surroundings_.wall_ms(), surroundings_.steady_ms());
  take_due();
  look_around();
  reconcile_orders();
  reconcile_clock();
  reconcile(kind::webhook_dead, folds_.dead_webhooks.troubles());
  reconcile(kind::probe, folds_.probes.troubles());
  sweep();
}

void Watcher::take_due() {
  const auto now = now_ms();
  for (auto& look : folds_.deadlines.take_due(now)) {
    const auto id = id_of(look);
    // What was due before the start was judged then, unless the hub was down; a day is enough.
    const bool old = now - look.due_ms > std::int64_t{deadline_max_s} * 1000;
    if (over(look.channel.drill()) || (old && folds_.alarms.find(id) == nullptr)) continue;
    watched_.erase(id);
    watched_.emplace(id, Watched{look});
    agenda_.emplace(now, id);
  }
}

void Watcher::look_around() {
  const auto now = now_ms();
  while (!agenda_.empty() && agenda_.begin()->first <= now && looking_ < looks_at_once_max) {
    const auto id = agenda_.begin()->second;
    agenda_.erase(agenda_.begin());
    const auto found = watched_.find(id);
    if (found == watched_.end()) continue;
    const auto& look = found->second.look;
    ++looking_;
    surroundings_.ladder(look.channel, look.alert, [this, id](const Result<view::Ladder>& ladder) {
      --looking_;
      looked(id, ladder);
    });
  }
}

void Watcher::looked(const std::string& id, const Result<view::Ladder>& ladder) {
  const auto found = watched_.find(id);
  if (found == watched_.end()) return;
  auto& watched = found->second;
  if (!ladder && ladder.error().code != ErrorCode::not_found) return look_again(id);
  const auto missing = ladder ? missing_in(*ladder, watched.look.step) : Missing{};
  const auto kind = std::string(kind_of(watched.look.step));
  if (!std::exchange(watched.judged, true) && folds_.alarms.find(id) == nullptr)
    ++(missing.count == 0 ? counts_.kept : counts_.missed)[kind];
  if (missing.count > 0) {
    raise(missed(watched.look, missing));
  } else if (folds_.alarms.find(id) == nullptr && !under_way_.contains(id)) {
    watched_.erase(found);
    return;
  } else {
    clear(id);  // it may not be written yet: looked at until it no longer stands
  }
  look_again(id);
}

void Watcher::look_again(const std::string& id) {
  auto& watched = watched_.at(id);
  agenda_.emplace(now_ms() + watched.pause_ms, id);
  watched.pause_ms = std::min(watched.pause_ms * 2, look_again_most_ms);
}

void Watcher::reconcile(std::string_view kind, const Troubles& troubles) {
  for (const auto& [id, raised] : troubles) raise(raised);
  std::vector<std::string> over;
  for (const auto& [id, alarm] : folds_.alarms.all())
    if (alarm.raised.kind() == kind && !troubles.contains(id)) over.push_back(id);
  for (const auto& id : over) clear(id);
}

void Watcher::reconcile_orders() {
  Troubles troubles;
  for (const auto& order : folds_.unlifted.at(now_ms())) {
    if (over(order.drill)) continue;
    v1::AlarmRaised raised;
    raised.set_id(alarms::id_of(kind::unlifted, order.sequence));
    raised.set_kind(std::string(kind::unlifted));
    raised.set_publisher(order.publisher);
    raised.set_sequence(order.sequence);
    raised.set_detail(order.event + " " + cap::cap_datetime(order.ended_ms));
    raised.set_drill(order.drill);
    troubles[raised.id()] = std::move(raised);
  }
  reconcile(kind::unlifted, troubles);
}

void Watcher::reconcile_clock() {
  Troubles troubles;
  if (const auto detail = clock_.trouble(now_ms())) {
    auto& raised = troubles[alarms::id_of(kind::clock)];
    raised.set_id(alarms::id_of(kind::clock));
    raised.set_kind(std::string(kind::clock));
    raised.set_detail(*detail);
  } else if (clock_.doubtful()) {
    return;
  }
  reconcile(kind::clock, troubles);
}

void Watcher::rolled_back(const std::string& subscriber, const std::string& drill,
                          const std::string& detail) {
  v1::AlarmRaised raised;
  raised.set_id(
      alarms::id_of(kind::rolled_back, drill.empty() ? subscriber : drill + ":" + subscriber));
  raised.set_kind(std::string(kind::rolled_back));
  raised.add_subscribers(subscriber);
  raised.set_missing(1);
  raised.set_detail(detail);
  raised.set_drill(drill);
  raise(std::move(raised));
}

void Watcher::disk(std::uint64_t free_bytes, std::uint64_t least_bytes) {
  const auto id = alarms::id_of(kind::disk);
  if (free_bytes < least_bytes) {
    v1::AlarmRaised raised;
    raised.set_id(id);
    raised.set_kind(std::string(kind::disk));
    raised.set_detail(std::to_string(free_bytes >> 20) + " MiB < " +
                      std::to_string(least_bytes >> 20) + " MiB");
    raise(std::move(raised));
  } else if (free_bytes / enough_tenths >= least_bytes / 10) {
    clear(id);
  }
}

// Alarms of drills that are over, and those about deadlines that have stood long enough.
void Watcher::sweep() {
  std::vector<std::string> ended;
  const auto now = now_ms();
  for (const auto& [id, alarm] : folds_.alarms.all())
    if (over(alarm.raised.drill()) ||
        (is_deadline(alarm.raised.kind()) && now - alarm.at_ms > looked_after_ms))
      ended.push_back(id);
  for (const auto& id : ended) {
    watched_.erase(id);
    clear(id);
  }
}

bool Watcher::over(const std::string& drill) const {
  if (drill.empty()) return false;
  const auto* session = folds_.drills.find(drill);
  return session == nullptr || session->state_at(now_ms()) == drills::Session::State::over;
}

void Watcher::raise(v1::AlarmRaised raised) {
  const auto id = raised.id();
  if (folds_.alarms.find(id) != nullptr || folds_.alarms.all().size() >= standing_max) return;
  v1::EntryBody body;
  *body.mutable_alarm_raised() = std::move(raised);
  write(id, std::move(body));
}

void Watcher::clear(const std::string& id) {
  if (folds_.alarms.find(id) == nullptr) return;
  v1::EntryBody body;
  body.mutable_alarm_cleared()->set_id(id);
  write(id, std::move(body));
}

void Watcher::write(const std::string& id, v1::EntryBody body) {
  if (under_way_.size() >= written_at_once_max || !under_way_.insert(id).second) return;
  surroundings_.write(std::move(body), [this, id](bool) { under_way_.erase(id); });
}

}  // namespace noroshi::alarms
