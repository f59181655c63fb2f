// What subscribers report of alerts: checked against what they were sent, and taken to the log. The
// feeding of streams knows nothing of it.
#include <algorithm>
#include <cassert>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {

void Shard::report(const registry::Principal& subscriber, Outlet outlet, const v1::Receipt& said,
                   ReceiptAnswer answer) {
  auto receipt =
      read_receipt(said, subscriber.id, subscriber.channel, std::string(name_of(outlet)), clock_());
  if (!receipt) return decline(answer, "receipt.invalid", receipt.error().detail);
  check({std::move(*receipt), std::move(answer)});
}

void Shard::decline(const ReceiptAnswer& answer, std::string code, std::string detail) {
  ++gauges_.receipts_declined;
  answer(Declined{std::move(code), std::move(detail)});
}

// Once recorded, whatever else is now true of the alert, it stays so.
void Shard::check(Reported reported) {
  const auto& receipt = reported.receipt;
  if (receipt_log_.recorded(receipt)) return reported.answer(Recorded{});
  const auto lane = folds_.lane_of(receipt.channel.drill());
  if (!lane || folds_.alert_after(receipt.sequence - 1, *lane) != receipt.sequence)
    return decline(reported.answer, "receipt.unknown", std::to_string(receipt.sequence));
  auto* slot = tracks_[*lane]->ring.find(receipt.sequence);
  if (slot == nullptr) slot = catch_up_.find(receipt.sequence);
  if (slot == nullptr) return check_later(std::move(reported));
  if (!addressed(receipt, *slot))
    return decline(reported.answer, "receipt.not-addressed", std::to_string(receipt.sequence));
  if (receipt.sequence > reached(receipt, *lane))
    return decline(reported.answer, "receipt.not-delivered", std::to_string(receipt.sequence));
  receipt_log_.take(std::move(reported.receipt), std::move(reported.answer));
}

// The alert has to be read from the log first.
void Shard::check_later(Reported reported) {
  const auto sequence = reported.receipt.sequence;
  if (unread_.size() >= ReceiptLog::waiting_max) return reported.answer(NotTaken{});
  unread_.push_back(std::move(reported));
  [[maybe_unused]] const auto* kept = catch_up_.from(sequence - 1);
  assert(kept == nullptr);  // else the alert would have been found in it
}

// A range was read, or a second has gone by: those that found no place are asked for again.
void Shard::check_unread() {
  for (auto& reported : std::exchange(unread_, {})) check(std::move(reported));
}

bool Shard::addressed(const Receipt& receipt, Slot& slot) const {
  const auto* subscriber = folds_.registry().subscriber(receipt.subscriber);
  if (subscriber == nullptr || !receipt.channel.carries(slot.alert())) return false;
  if (!slot.audience) slot.audience = folds_.registry().audience(slot.alert(), receipt.sequence);
  return slot.audience->includes(*subscriber);
}

// How far the subscriber has been sent what concerns it, by any outlet, now or before.
Sequence Shard::reached(const Receipt& receipt, Lane lane) const {
  const auto& whose = receipt.subscriber;
  const auto recorded = folds_.cursors().find(drills::qualified(receipt.channel.drill(), whose));
  auto through = recorded == folds_.cursors().end() ? 0 : recorded->second;
  through = std::max({through, ack_log_.acknowledged(whose, receipt.channel),
                      ack_log_.fetched(whose, receipt.channel)});
  for (const auto& members : tracks_[lane]->by_subscriber)
    if (const auto found = members.find(whose); found != members.end())
      through = std::max(through, found->second->position);
  return through;
}

Result<void> Shard::acknowledge(const registry::Principal& subscriber, Outlet outlet,
                                Sequence through) {
  const auto& drill = subscriber.channel.drill();
  const auto lane = folds_.lane_of(drill);
  if (!lane) return failure(ErrorCode::protocol, "nothing was sent in " + drill);
  const auto& members = tracks_[*lane]->by_subscriber[static_cast<std::size_t>(outlet)];
  if (const auto found = members.find(subscriber.id); found != members.end())
    return acknowledge(*found->second->receiver, through);
  auto& account = account_of(subscriber, outlet);
  if (through <= account.acknowledged) return {};
  if (account.served) {
    const auto settled = account.served->acknowledge(account.acknowledged, through);
    if (!settled) return tl::unexpected<Error>(settled.error());
    account.acknowledged = settled->through;
    ack_log_.settled(account, *settled, clock_());
    return {};
  }
  if (!account.left)
    return failure(ErrorCode::protocol, std::to_string(through) + " was not sent yet");
  auto settled = account.left->acknowledge(through);
  if (!settled) return tl::unexpected<Error>(settled.error());
  if (settled->through == settled->after) return {};
  account.acknowledged = settled->through;
  ack_log_.settled(account, *settled, clock_());
  return {};
}

}  // namespace noroshi::delivery
