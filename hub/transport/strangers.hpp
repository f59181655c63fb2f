// Who is at a door and has not shown yet who they are: from accept to the first request with a
// valid identity. Whoever has shown it is no stranger any more and never has to make room for one.
//
// Bounds     `all_max` and `per_address_max` (0: none of its own). At a bound the longest waiting
// has to go: of the same
//            address at its own, else of the address with most of them. Everybody has a second
//            first; while the one that would go is younger, the newcomer is not let in.
// Threading  none inside.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace noroshi::transport {

class Strangers {
 public:
  using Id = std::uint64_t;
  using Address = boost::asio::ip::address;
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds undisturbed{1};

  Strangers(std::size_t all_max, std::size_t per_address_max)
      : all_max_(all_max), per_address_max_(per_address_max) {}

  // What has to happen before one more of `address` comes in.
  struct Room {
    enum class Kind { free, evict, none } kind;
    Id evicted = 0;  // with evict
  };
  [[nodiscard]] Room room_for(const Address& address, Time now) const;
  // Whoever is to go when the door itself is full; `none` when nobody may be sent away.
  [[nodiscard]] Room room_at_door(Time now) const;

  // Ids ascend: an older stranger has the lower one.
  void add(Id id, const Address& address, Time now);
  // Has gone, or has shown who it is; nothing when it was none.
  void remove(Id id);

  [[nodiscard]] std::size_t size() const { return where_.size(); }
  // Half of the places are taken.
  [[nodiscard]] bool filling() const { return where_.size() >= all_max_ / 2; }

 private:
  using Waiting = std::map<Id, Time>;  // oldest first
  [[nodiscard]] static Room eviction(const Waiting& waiting, Time now);

  std::size_t all_max_;
  std::size_t per_address_max_;
  std::unordered_map<Id, Address> where_;
  std::map<Address, Waiting> by_address_;
  std::set<std::pair<std::size_t, Address>> by_count_;
};

}  // namespace noroshi::transport
