#include "hub/transport/strangers.hpp"

namespace noroshi::transport {

Strangers::Room Strangers::eviction(const Waiting& waiting, Time now) {
  const auto& [id, since] = *waiting.begin();
  if (now - since < undisturbed) return {Room::Kind::none};
  return {Room::Kind::evict, id};
}

Strangers::Room Strangers::room_for(const Address& address, Time now) const {
  const auto same = by_address_.find(address);
  if (per_address_max_ > 0 && same != by_address_.end() && same->second.size() >= per_address_max_)
    return eviction(same->second, now);
  if (where_.size() >= all_max_) return room_at_door(now);
  return {Room::Kind::free};
}

Strangers::Room Strangers::room_at_door(Time now) const {
  if (by_count_.empty()) return {Room::Kind::none};
  return eviction(by_address_.at(by_count_.rbegin()->second), now);
}

void Strangers::add(Id id, const Address& address, Time now) {
  auto& waiting = by_address_[address];
  by_count_.erase({waiting.size(), address});
  waiting.emplace(id, now);
  by_count_.emplace(waiting.size(), address);
  where_.emplace(id, address);
}

void Strangers::remove(Id id) {
  const auto found = where_.find(id);
  if (found == where_.end()) return;
  const auto address = found->second;
  where_.erase(found);
  const auto waiting = by_address_.find(address);
  by_count_.erase({waiting->second.size(), address});
  waiting->second.erase(id);
  if (waiting->second.empty())
    by_address_.erase(waiting);
  else
    by_count_.emplace(waiting->second.size(), address);
}

}  // namespace noroshi::transport
