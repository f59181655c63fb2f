#include "subscribers/client/hub_order.hpp"

#include <algorithm>
#include <cassert>

namespace noroshi::subscribers {

HubOrder::HubOrder(const Settings& settings)
    : settings_(settings),
      hubs_(settings.hubs),
      backoff_(settings.backoff_first, settings.backoff_most, settings.seed),
      step_(settings.backoff_first, settings.backoff_first, settings.seed + 1),
      return_wait_(settings.return_first) {
  assert(settings.hubs > 0);
}

void HubOrder::works() {
  backoff_.reset();
  for (auto& hub : hubs_) hub.tried = false;
  hubs_[current_].refused = false;
  hubs_[current_].not_before.reset();
}

HubOrder::Wait HubOrder::failed(std::optional<Wait> asked, Clock::time_point now) {
  if (returned_ && now - *returned_ < 10 * settings_.return_first)
    return_wait_ = std::min(return_wait_ * 2, return_most);
  else if (returned_)
    return_wait_ = settings_.return_first;
  returned_.reset();
  auto& hub = hubs_[current_];
  hub.tried = true;
  hub.refused = false;
  if (asked) hub.not_before = now + std::min(*asked, aside);
  return next(now);
}

std::optional<HubOrder::Wait> HubOrder::refused(Clock::time_point now) {
  auto& hub = hubs_[current_];
  hub.refused = true;
  hub.tried = true;
  hub.not_before = now + aside;
  const bool all = std::all_of(hubs_.begin(), hubs_.end(), [now](const Hub& each) {
    return each.refused && each.not_before && *each.not_before > now;
  });
  if (all) return std::nullopt;
  return next(now);
}

bool HubOrder::free(const Hub& hub, Clock::time_point now) const {
  return !hub.not_before || *hub.not_before <= now;
}

HubOrder::Wait HubOrder::next(Clock::time_point now) {
  for (std::size_t at = 0; at < hubs_.size(); ++at) {
    if (hubs_[at].tried || !free(hubs_[at], now)) continue;
    current_ = at;
    return step_.next();
  }
  for (auto& hub : hubs_) hub.tried = false;
  const auto free_first = [&](const Hub& a, const Hub& b) {
    const auto when = [&](const Hub& hub) { return free(hub, now) ? now : *hub.not_before; };
    return when(a) < when(b);
  };
  const auto first = std::min_element(hubs_.begin(), hubs_.end(), free_first);
  current_ = static_cast<std::size_t>(first - hubs_.begin());
  // What a hub asks for counts alone.
  if (!free(*first, now)) return std::chrono::ceil<Wait>(*first->not_before - now);
  return backoff_.next();
}

std::optional<HubOrder::Wait> HubOrder::look_after() const {
  if (current_ == 0) return std::nullopt;
  return return_wait_;
}

std::size_t HubOrder::better(Clock::time_point now) const {
  for (std::size_t at = 0; at < current_; ++at)
    if (free(hubs_[at], now)) return at;
  return current_;
}

void HubOrder::go_to(std::size_t hub, Clock::time_point now) {
  current_ = hub;
  returned_ = now;
}

}  // namespace noroshi::subscribers
