#include "hub/delivery/folds.hpp"

#include <algorithm>

namespace noroshi::delivery {

namespace {

// A Cancel, or nothing but lifts.
bool only_ends_others(const v1::AlertAccepted& alert) {
  const auto& lines = alert.lines();
  return alert.summary().message_type() == "Cancel" ||
         (!lines.empty() &&
          std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.lift(); }));
}

}  // namespace

void Folds::apply(const v1::Entry& entry) {
  registry_.apply(entry);
  letters_.apply(entry);
  head_ = entry.sequence();
  const auto& body = entry.body();
  for (const auto& range : body.acks_recorded().ranges()) {
    const auto channel = drills::Channel::of(range);
    const auto whose = drills::qualified(channel.drill(), range.subscriber());
    const auto advance = [&](auto& cursors) {
      auto& cursor = cursors[whose];
      cursor = std::max<Sequence>(cursor, range.through());
    };
    advance(cursors_);
    for (std::size_t outlet = 0; outlet < outlets; ++outlet)
      if (range.outlet() == outlet_names[outlet]) advance(outlet_cursors_[outlet]);
  }
  if (body.has_drill_opened()) lane_for(body.drill_opened().id());
  if (!body.has_alert_accepted()) return;
  const auto& alert = body.alert_accepted();
  tracks_[lane_for(alert.drill())].alerts.push_back(entry.sequence());
  const auto reason =
      alert.summary().message_type() == "Cancel" ? v1::Passed::CANCELLED : v1::Passed::SUPERSEDED;
  for (const auto referenced : alert.summary().referenced_sequences())
    fates_[referenced] = {reason, entry.sequence()};
}

Lane Folds::lane_for(const std::string& drill) {
  if (drill.empty()) return live_lane;
  const auto [place, fresh] = lanes_.try_emplace(drill, lanes());
  if (fresh) tracks_.push_back({drill, {}});
  return place->second;
}

std::optional<Lane> Folds::lane_of(const std::string& drill) const {
  if (drill.empty()) return live_lane;
  const auto found = lanes_.find(drill);
  if (found == lanes_.end()) return std::nullopt;
  return found->second;
}

std::optional<Sequence> Folds::alert_after(Sequence position, Lane lane) const {
  const auto& alerts = tracks_[lane].alerts;
  const auto next = std::upper_bound(alerts.begin(), alerts.end(), position);
  if (next == alerts.end()) return std::nullopt;
  return *next;
}

Sequence Folds::cursor(std::string_view subscriber, std::string_view drill, Outlet outlet) const {
  const auto* registered = registry_.subscriber(subscriber);
  const Sequence start = registered == nullptr ? 0 : registered->registered;
  const auto whose = drills::qualified(drill, subscriber);
  if (outlet == Outlet::webhook) return webhook_cursor(subscriber, whose, start);
  const auto& own = outlet_cursors_[static_cast<std::size_t>(outlet)];
  if (const auto found = own.find(whose); found != own.end()) return std::max(start, found->second);
  const auto found = cursors_.find(whose);
  return found == cursors_.end() ? start : std::max(start, found->second);
}

// Nobody else's acknowledgements move it: the hub would take for delivered what it never sent.
Sequence Folds::webhook_cursor(std::string_view subscriber, const std::string& whose,
                               Sequence start) const {
  const auto& own = outlet_cursors_[static_cast<std::size_t>(Outlet::webhook)];
  const auto found = own.find(whose);
  const Sequence acknowledged = found == own.end() ? 0 : found->second;
  return std::max(
      {start, acknowledged, letters_.given_up_through(whose), letters_.asked_for(subscriber)});
}

std::optional<Fate> Folds::fate(const v1::AlertAccepted& alert, Sequence sequence,
                                std::int64_t accepted_ms, std::int64_t now_ms) const {
  const auto found = fates_.find(sequence);
  if (found != fates_.end()) return found->second;
  const bool late =
      alert.has_expires_ms() && accepted_ms < alert.expires_ms() && alert.expires_ms() <= now_ms;
  if (!late || only_ends_others(alert)) return std::nullopt;
  return Fate{v1::Passed::EXPIRED, 0};
}

}  // namespace noroshi::delivery
