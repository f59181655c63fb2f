#include "hub/registry/subscriptions.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::registry {

std::shared_ptr<const Interest> Subscriptions::interest(
    const v1::SubscriberRegistered& registered) {
  v1::SubscriberRegistered said;
  *said.mutable_areas() = registered.areas();
  *said.mutable_events() = registered.events();
  said.set_min_level(registered.min_level());
  if (!registered.polygon().empty())
    said.set_polygon(std::to_string(polygon_name(registered.polygon())));
  auto& known = known_[said.SerializeAsString()];
  if (known) return known;

  const auto number = static_cast<std::uint32_t>(interests_.size());
  known = std::make_shared<const Interest>(number, registered);
  interests_.push_back(known);
  subscribers_of_.push_back(0);
  if (known->everywhere()) {
    everywhere_.push_back(number);
  } else {
    for (std::size_t i = 0; i < by_prefecture_.size(); ++i)
      if (known->prefectures().test(i)) by_prefecture_[i].push_back(number);
  }
  return known;
}

void Subscriptions::changed(const Subscriber& subscriber) {
  const auto& versions = subscriber.versions;
  if (versions.size() > 1) {
    const auto& replaced = versions[versions.size() - 2];
    newest_.erase(replaced.since);
    count(replaced, static_cast<std::uint32_t>(-1));
    forget_polygon(replaced);
  }
  if (const auto& polygon = versions.back().interest->polygon()) {
    auto& registered = polygons_[*polygon];
    registered.bytes = subscriber.polygon;
    ++registered.subscriptions;
  }
  newest_.emplace(versions.back().since, subscriber.id);
  count(versions.back(), 1);
}

void Subscriptions::forget_polygon(const Subscription& replaced) {
  const auto& polygon = replaced.interest->polygon();
  if (!polygon) return;
  const auto registered = polygons_.find(*polygon);
  if (--registered->second.subscriptions == 0) polygons_.erase(registered);
}

void Subscriptions::count(const Subscription& subscription, std::uint32_t step) {
  if (subscription.suspended) return;
  subscribers_of_[subscription.interest->number()] += step;
  subscribers_ += step;
}

Audience Subscriptions::audience(const v1::AlertAccepted& alert, Sequence sequence) const {
  if (alert.to_everybody()) return {alert, sequence, sequence, {}};
  std::vector<std::uint64_t> wanted((interests_.size() + 63) / 64);
  auto oldest = sequence;
  for (const auto& part : alert.routing()) {
    oldest = std::min<Sequence>(oldest, part.sequence());
    const Reach reach(part);
    const auto ask = [&](const std::vector<std::uint32_t>& numbers) {
      for (const auto number : numbers)
        if (interests_[number]->wants(reach))
          wanted[number / 64] |= std::uint64_t{1} << (number % 64);
    };
    ask(everywhere_);
    for (std::size_t i = 0; i < by_prefecture_.size(); ++i)
      if (reach.prefectures().test(i)) ask(by_prefecture_[i]);
  }
  return {alert, sequence, oldest, std::move(wanted)};
}

std::uint32_t Subscriptions::count_now(const Audience& audience) const {
  if (audience.everybody()) return subscribers_;
  std::uint32_t count = 0;
  for (std::uint32_t number = 0; number < interests_.size(); ++number)
    if (audience.wanted_by(number)) count += subscribers_of_[number];
  return count;
}

std::vector<std::string> Subscriptions::changed_since(Sequence sequence) const {
  std::vector<std::string> ids;
  for (auto at = newest_.lower_bound(sequence); at != newest_.end(); ++at)
    ids.push_back(at->second);
  return ids;
}

}  // namespace noroshi::registry
