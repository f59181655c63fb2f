// What webhooks ask of their shard: the hub calls them, and is not always answered.
#include <algorithm>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {

void Shard::attempted(const v1::WebhookAttempts& attempts, std::function<void()> recorded) {
  attempt_log_.take(attempts, std::move(recorded));
}

void Shard::send_again(const Receiver& receiver) {
  auto* member = member_of(receiver);
  if (member == nullptr) return;
  member->position = member->window.acknowledged();
  member->window = Window(member->window.deliveries_max(), member->position);
  member->place.reset();
}

void Shard::give_up(const Receiver& receiver, Sequence through) {
  auto* member = member_of(receiver);
  if (member == nullptr) return;
  const auto settled = member->window.acknowledge(through);
  if (!settled) return;
  auto& acknowledged = member->account->acknowledged;
  acknowledged = std::max(acknowledged, settled->through);
}

void Shard::taken_late(const registry::Principal& subscriber, Outlet outlet, Sequence sequence,
                       Form form) {
  Settled settled{sequence - 1, sequence, 1, {}};
  if (form == Form::passed) settled.passed.push_back(sequence);
  ack_log_.settled(ack_log_.account(subscriber.id, subscriber.channel, outlet), settled, clock_());
}

}  // namespace noroshi::delivery
