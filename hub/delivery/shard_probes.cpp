// Probes: told behind everything before them, by the same way as an alert. Nothing here is reached
// while none is under way.
#include <algorithm>
#include <chrono>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto looked_after_every = std::chrono::milliseconds(50);

// The outlets a subscription names that have a connection of their own; `stream` when it names
// none. What a feed serves is fetched by whoever probes it.
std::vector<Outlet> connections_of(const registry::Subscriber& subscriber) {
  std::vector<Outlet> named;
  for (std::size_t outlet = 0; outlet < outlets; ++outlet) {
    const auto& all = subscriber.outlets;
    if (static_cast<Outlet>(outlet) == Outlet::feed) continue;
    if (std::find(all.begin(), all.end(), outlet_names[outlet]) != all.end())
      named.push_back(static_cast<Outlet>(outlet));
  }
  if (subscriber.outlets.empty()) named.push_back(Outlet::stream);
  return named;
}

}  // namespace

void Shard::begin_probe(Sequence probe, const v1::ProbeStarted& started) {
  const bool idle = !probing_.under_way();
  probing_.begin(probe, started, Clock::now());
  for (const auto& id : started.subscribers())
    if (const auto* subscriber = folds_.registry().subscriber(id))
      for (const auto outlet : connections_of(*subscriber)) probing_.away(id, outlet);
  for (const auto& members : tracks_[live_lane]->by_subscriber)
    for (const auto& [id, member] : members) expect_probes(*member);
  if (idle) look_after_probes();
}

void Shard::expect_probes(Member& member) {
  if (member.track->lane != live_lane) return;
  const auto probe = probing_.expect(member.principal.id, member.receiver->outlet());
  member.probe = std::max(member.probe, probe);
}

void Shard::tell_probe(Member& member) {
  const auto probe = std::exchange(member.probe, 0);
  member.window.told(probe);
  member.receiver->probe(probe);
}

void Shard::note_probe_answer(const Member& member, Sequence through) {
  if (member.track->lane != live_lane) return;
  probing_.acknowledged(member.principal.id, member.receiver->outlet(), through, Clock::now());
}

// Unless a newer connection of the subscriber has taken its place.
void Shard::note_departure(const Member& member) {
  if (member.track->lane != live_lane) return;
  probing_.away(member.principal.id, member.receiver->outlet());
}

// Some times a second while a probe is under way: who has no way to answer is asked whether it has
// arrived, and what is complete or out of time is reported.
void Shard::look_after_probes() {
  auto& track = *tracks_[live_lane];
  for (const auto& [subscriber, outlet] : probing_.pending()) {
    const auto& members = track.by_subscriber[static_cast<std::size_t>(outlet)];
    const auto found = members.find(subscriber);
    if (found == members.end()) continue;
    const auto& member = *found->second;
    if (member.probe == 0 && member.receiver->probe_arrived())
      note_probe_answer(member, folds_.head());
  }
  for (auto& report : probing_.take_finished(Clock::now()))
    if (probes_to_) probes_to_(std::move(report));
  if (!probing_.under_way()) return;
  probe_timer_.expires_after(looked_after_every);
  probe_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) look_after_probes();
  });
}

}  // namespace noroshi::delivery
