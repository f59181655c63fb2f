// One attached subscriber, as its shard keeps it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "hub/delivery/ack_log.hpp"
#include "hub/delivery/receiver.hpp"
#include "hub/delivery/ring.hpp"
#include "hub/delivery/window.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::delivery {

// Threading  belongs to its shard.
struct Member {
  const registry::Subscriber* subscriber;
  AckLog::Account* account;
  Receiver* receiver;
  Sequence position;  // all that concerns it up to here has been sent
  Window window;
  std::optional<Ring::Place> place{};  // of the next alert, while position is in the ring
  bool lagging = false;
  std::chrono::steady_clock::time_point moved{};  // when an acknowledgement last settled something
  std::string credential{};                       // by which it was known, see registry::Principal
  std::size_t turn = 0;                           // its place in the round of feeding under way
  Sequence awaited = 0;                           // the alert whose form is being made for it
};

}  // namespace noroshi::delivery
