#include "hub/registry/subscriber.hpp"

#include <algorithm>
#include <iterator>

namespace noroshi::registry {

bool Subscription::matches(const v1::RoutingPart& part) const {
  return !suspended && interest->wants(Reach(part));
}

bool Subscriber::takes_webhooks() const {
  return !webhook.url().empty() &&
         std::find(outlets.begin(), outlets.end(), "webhook") != outlets.end();
}

const Subscription* Subscriber::at(Sequence sequence) const {
  const auto next = std::upper_bound(
      versions.begin(), versions.end(), sequence,
      [](Sequence wanted, const Subscription& version) { return wanted < version.since; });
  return next == versions.begin() ? nullptr : &*std::prev(next);
}

bool Subscriber::addressed(const v1::AlertAccepted& alert, Sequence sequence) const {
  if (sequence <= registered) return false;
  if (alert.to_everybody()) {
    const auto* subscription = at(sequence);
    return subscription != nullptr && !subscription->suspended;
  }
  return std::any_of(alert.routing().begin(), alert.routing().end(), [&](const auto& part) {
    const auto* subscription = at(part.sequence());
    return subscription != nullptr && subscription->matches(part);
  });
}

}  // namespace noroshi::registry
