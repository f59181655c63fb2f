#include "hub/alarms/troubles.hpp"

#include <algorithm>

#include "hub/alarms/kinds.hpp"
#include "hub/drills/channel.hpp"

namespace noroshi::alarms {
namespace {

constexpr int names_shown_max = 100;

}  // namespace

void DeadWebhooks::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  for (const auto& tried : body.webhooks_attempted().webhooks()) {
    if (!tried.dead()) continue;
    auto& dead = dead_[{tried.subscriber(), drills::Channel::of(tried).drill()}];
    dead.detail = tried.detail();
    dead.alerts.insert(tried.sequence());
    if (dead.alerts.size() > kept_max) dead.alerts.erase(dead.alerts.begin());
  }
  if (body.has_webhook_replayed()) replayed(body.webhook_replayed());
  if (body.has_subscriber_registered()) registered(body.subscriber_registered());
}

void DeadWebhooks::replayed(const v1::WebhookReplayed& again) {
  const auto dead = dead_.find({again.subscriber(), drills::Channel::of(again).drill()});
  if (dead == dead_.end()) return;
  dead->second.alerts.erase(again.sequence());
  if (dead->second.alerts.empty()) dead_.erase(dead);
}

void DeadWebhooks::registered(const v1::SubscriberRegistered& subscriber) {
  const auto& outlets = subscriber.outlets();
  if (std::find(outlets.begin(), outlets.end(), "webhook") != outlets.end()) return;
  std::erase_if(dead_, [&](const auto& each) { return each.first.first == subscriber.id(); });
}

Troubles DeadWebhooks::troubles() const {
  Troubles troubles;
  for (const auto& [whose, dead] : dead_) {
    const auto& [subscriber, drill] = whose;
    const auto id =
        id_of(kind::webhook_dead, drill.empty() ? subscriber : drill + ":" + subscriber);
    auto& raised = troubles[id];
    raised.set_id(id);
    raised.set_kind(std::string(kind::webhook_dead));
    raised.set_sequence(*dead.alerts.begin());
    raised.add_subscribers(subscriber);
    raised.set_missing(1);
    raised.set_detail(dead.detail);
    raised.set_drill(drill);
  }
  return troubles;
}

void FailedProbes::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_probe_started()) {
    std::string subject;
    for (const auto& subscriber : body.probe_started().subscribers())
      subject += (subject.empty() ? "" : ",") + subscriber;
    if (started_.size() == started_max) started_.erase(started_.begin());
    started_[entry.sequence()] = id_of(kind::probe, subject);
  }
  if (!body.has_probe_finished()) return;
  const auto started = started_.extract(body.probe_finished().probe());
  if (started.empty()) return;
  const auto& id = started.mapped();
  v1::AlarmRaised raised;
  std::set<std::string> subscribers;
  for (const auto& step : body.probe_finished().steps()) {
    if (step.arrived()) continue;
    subscribers.insert(step.subscriber());
    if (raised.detail().empty()) raised.set_detail(step.outlet() + " " + step.detail());
  }
  if (subscribers.empty()) {
    failed_.erase(id);
    return;
  }
  raised.set_id(id);
  raised.set_kind(std::string(kind::probe));
  raised.set_missing(static_cast<std::uint32_t>(subscribers.size()));
  for (const auto& subscriber : subscribers)
    if (raised.subscribers_size() < names_shown_max) raised.add_subscribers(subscriber);
  failed_[id] = std::move(raised);
}

}  // namespace noroshi::alarms
