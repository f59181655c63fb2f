// One subscriber: what it asked for, and since when.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hub/journal/entry.hpp"
#include "hub/registry/interest.hpp"

namespace noroshi::registry {

using journal::Sequence;

// What one subscriber asked for, from `since` until its next version.
struct Subscription {
  Sequence since = 0;
  std::vector<std::string> areas;   // * or codes; see jp::covers
  std::vector<std::string> events;  // prefixes; empty: all
  std::uint32_t min_level = 0;
  bool suspended = false;
  // The three above and the polygon, read; never null in a registry.
  std::shared_ptr<const Interest> interest;

  [[nodiscard]] bool matches(const v1::RoutingPart& part) const;
};

struct Subscriber {
  std::string id;
  std::string name;
  std::vector<std::string> outlets;
  Sequence registered = 0;
  std::vector<Subscription> versions;  // ascending by `since`, never empty
  v1::WebhookSettings webhook = {};    // no URL: none
  // Of the newest version: well-known binary, as it was registered. Null: anywhere.
  std::shared_ptr<const std::string> polygon = nullptr;
  std::string language = {};  // of texts for people, BCP 47; "": any

  [[nodiscard]] const Subscription& current() const { return versions.back(); }
  // Whether it asked to be called, and said where.
  [[nodiscard]] bool takes_webhooks() const;
  // The subscription in force at `sequence`; nothing before the registration.
  [[nodiscard]] const Subscription* at(Sequence sequence) const;
  // Whether the alert accepted as `sequence` is addressed to this subscriber: one of the routing
  // parts matches the subscription that was in force when that part was accepted. To ask the same
  // of many subscribers, see Registry::audience.
  [[nodiscard]] bool addressed(const v1::AlertAccepted& alert, Sequence sequence) const;
};

}  // namespace noroshi::registry
