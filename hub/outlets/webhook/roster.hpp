// Which subscribers of one shard are called, on the live path and in the drills they take part in:
// as they are registered now.
//
// Threading  its shard's thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "hub/outlets/webhook/webhook.hpp"

namespace noroshi::webhook {

class Roster {
 public:
  // Both outlive it. `belongs` says whether a subscriber is of this shard.
  using Belongs = std::function<bool(const std::string& subscriber)>;
  Roster(delivery::Shard& shard, const Works& works, Belongs belongs)
      : shard_(shard), works_(works), belongs_(std::move(belongs)) {}

  // Everybody, at the start.
  void begin();
  // Something of the subscriber changed: its registration, its secrets, the drills it is in, what
  // is replayed.
  void refresh(const std::string& subscriber);
  // Drills begin by time alone.
  void refresh_drills();

 private:
  void refresh(const registry::Subscriber& subscriber, const registry::Principal& as, bool wanted);
  void refresh_in(const drills::Session& session, const registry::Subscriber& subscriber);

  delivery::Shard& shard_;
  const Works& works_;
  const Belongs belongs_;
  bool begun_ = false;
  std::map<std::string, std::weak_ptr<Webhook>> webhooks_;  // by drills::qualified()
};

}  // namespace noroshi::webhook
