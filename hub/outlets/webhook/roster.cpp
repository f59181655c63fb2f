#include "hub/outlets/webhook/roster.hpp"

namespace noroshi::webhook {

void Roster::begin() {
  begun_ = true;
  for (const auto& [id, subscriber] : shard_.folds().registry().subscribers()) refresh(id);
}

void Roster::refresh(const std::string& id) {
  if (!begun_ || !belongs_(id)) return;
  const auto& registry = shard_.folds().registry();
  const auto* subscriber = registry.subscriber(id);
  if (subscriber == nullptr) return;
  refresh(*subscriber, registry::Registry::called(*subscriber), true);
  for (const auto& [drill, session] : registry.drills().all()) refresh_in(session, *subscriber);
}

void Roster::refresh_drills() {
  if (!begun_) return;
  const auto& registry = shard_.folds().registry();
  for (const auto& [drill, session] : registry.drills().all()) {
    if (!session.open_at(shard_.now_ms())) continue;
    for (const auto& id : session.subscribers)
      if (const auto* subscriber = registry.subscriber(id); subscriber != nullptr && belongs_(id))
        refresh_in(session, *subscriber);
  }
}

void Roster::refresh_in(const drills::Session& session, const registry::Subscriber& subscriber) {
  const bool takes_part =
      session.open_at(shard_.now_ms()) && session.subscribers.contains(subscriber.id);
  refresh(subscriber, registry::Registry::called(subscriber, session), takes_part);
}

void Roster::refresh(const registry::Subscriber& subscriber, const registry::Principal& as,
                     bool wanted) {
  wanted = wanted && subscriber.takes_webhooks() && !subscriber.current().suspended &&
           shard_.folds().letters().secrets_set(subscriber.id) > 0 && !shard_.stopping();
  const auto key = drills::qualified(as.channel.drill(), subscriber.id);
  const auto found = webhooks_.find(key);
  auto webhook = found == webhooks_.end() ? nullptr : found->second.lock();
  if (webhook && webhook->gone()) webhook = nullptr;
  if (!wanted) {
    if (webhook) webhook->leave();
    if (found != webhooks_.end()) webhooks_.erase(found);
    return;
  }
  if (webhook) return webhook->direct(subscriber.webhook);
  webhook = std::make_shared<Webhook>(shard_, works_, as);
  webhooks_[key] = webhook;
  webhook->direct(subscriber.webhook);
  shard_.welcome(webhook);
  if (!webhook->attach()) webhook->leave();
}

}  // namespace noroshi::webhook
