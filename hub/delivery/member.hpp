// One attached subscriber, and what its channel has in common, as their shard keeps them.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "hub/delivery/ack_log.hpp"
#include "hub/delivery/folds.hpp"
#include "hub/delivery/outlet.hpp"
#include "hub/delivery/receiver.hpp"
#include "hub/delivery/ring.hpp"
#include "hub/delivery/window.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::delivery {

// What a shard keeps of one channel.
//
// Threading  belongs to its shard.
struct Track {
  Lane lane;
  std::string drill;  // "": the live path
  Ring ring;
  std::array<std::unordered_map<std::string, Member*>, outlets> by_subscriber;  // by outlet

  [[nodiscard]] bool empty() const {
    return std::all_of(by_subscriber.begin(), by_subscriber.end(),
                       [](const auto& members) { return members.empty(); });
  }
};

// Threading  belongs to its shard.
struct Member {
  const registry::Subscriber* subscriber;
  Track* track;
  AckLog::Account* account;
  Receiver* receiver;
  Sequence position;  // all that concerns it up to here has been sent
  Window window;
  std::optional<Ring::Place> place{};  // of the next alert, while position is in the ring
  bool lagging = false;
  std::chrono::steady_clock::time_point moved{};  // when an acknowledgement last settled something
  std::size_t turn = 0;                           // its place in the round of feeding under way
  Sequence awaited = 0;                           // the alert whose form is being made for it
  Sequence probe = 0;  // to be told once all before it has been sent; 0: none
  // By what it was known; last, because feeding never looks at it.
  const registry::Principal principal;
};

}  // namespace noroshi::delivery
