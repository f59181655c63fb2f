// Subscribers that fetch what is theirs, and prove what they hold by what they ask for next.
#include <algorithm>
#include <memory>
#include <utility>

#include "hub/delivery/shard.hpp"

namespace noroshi::delivery {

AckLog::Account& Shard::account_of(const registry::Principal& subscriber, Outlet outlet) {
  auto& account = ack_log_.account(subscriber.id, subscriber.channel, outlet);
  if (account.acknowledged == 0)
    account.acknowledged = folds_.cursor(subscriber.id, subscriber.channel.drill(), outlet);
  return account;
}

Sequence Shard::holds(const registry::Principal& subscriber, Outlet outlet,
                      std::span<const Held> pages) {
  auto& account = account_of(subscriber, outlet);
  const auto lane = folds_.lane_of(subscriber.channel.drill());
  if (!lane) return account.acknowledged;
  for (const auto& page : pages) {
    const bool joins = page.after <= account.acknowledged && page.through > account.acknowledged;
    if (!joins || page.through > folds_.last_alert(*lane)) continue;
    if (!account.served) account.served = std::make_unique<Served>();
    const auto settled = account.served->held(account.acknowledged, page.through);
    account.acknowledged = settled.through;
    ack_log_.settled(account, settled, clock_());
  }
  return account.acknowledged;
}

void Shard::served(const registry::Principal& subscriber, Outlet outlet,
                   std::span<const ServedAlert> alerts) {
  auto& account = account_of(subscriber, outlet);
  if (!account.served) account.served = std::make_unique<Served>();
  for (const auto& [sequence, form] : alerts)
    if (sequence > account.acknowledged) account.served->served(sequence, form);
  gauges_.served += alerts.size();
}

}  // namespace noroshi::delivery
