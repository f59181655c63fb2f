// Who is who: a fold of the log. Publishers and what they may speak for, subscribers and what is
// addressed to them, and whose token is whose.
//
// Threading  none inside: each thread that needs one folds its own from the same entries.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::registry {

using journal::Sequence;

struct Publisher {
  std::string code;
  std::string name;
  std::vector<std::string> senders;
  std::vector<std::string> areas;
  bool suspended = false;

  [[nodiscard]] bool may_send_as(std::string_view sender) const;
  [[nodiscard]] bool may_speak_for(std::string_view code) const;
};

// What one subscriber asked for, from `since` until its next version.
struct Subscription {
  Sequence since = 0;
  std::vector<std::string> areas;   // * or codes; see jp::covers
  std::vector<std::string> events;  // prefixes; empty: all
  std::uint32_t min_level = 0;
  bool suspended = false;

  [[nodiscard]] bool matches(const v1::RoutingPart& part) const;
};

struct Subscriber {
  std::string id;
  std::string name;
  std::vector<std::string> outlets;
  Sequence registered = 0;
  std::vector<Subscription> versions;  // ascending by `since`, never empty

  [[nodiscard]] const Subscription& current() const { return versions.back(); }
  // The subscription in force at `sequence`; nothing before the registration.
  [[nodiscard]] const Subscription* at(Sequence sequence) const;
  // Whether the alert accepted as `sequence` is addressed to this subscriber: one of the routing
  // parts matches the subscription that was in force when that part was accepted.
  [[nodiscard]] bool addressed(const v1::AlertAccepted& alert, Sequence sequence) const;
};

struct Principal {
  enum class Kind { publisher, subscriber, operator_ };
  Kind kind;
  std::string id;
  std::string credential;  // the first 8 hex digits of the token's hash, for the audit
  bool operator==(const Principal&) const = default;
};

class Registry {
 public:
  void apply(const v1::Entry& entry);

  // Whoever is found stays where it is, and follows its later entries, as long as this lives.
  [[nodiscard]] const Publisher* publisher(std::string_view code) const;
  [[nodiscard]] const Subscriber* subscriber(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, Publisher, std::less<>>& publishers() const {
    return publishers_;
  }
  [[nodiscard]] const std::map<std::string, Subscriber, std::less<>>& subscribers() const {
    return subscribers_;
  }
  // Whose token this is. Looked up by its SHA-256, so that no comparison depends on the secret.
  // Suspended principals are found too: the caller says `auth.suspended`.
  [[nodiscard]] std::optional<Principal> principal_of(std::string_view token) const;
  [[nodiscard]] bool suspended(const Principal& principal) const;
  // Whether the token the principal was found by is still its newest.
  [[nodiscard]] bool current(const Principal& principal) const;

  // How many subscribers the alert accepted as `sequence` is addressed to.
  [[nodiscard]] std::uint32_t count_addressed(const v1::AlertAccepted& alert,
                                              Sequence sequence) const;
  // The last entry that changed a subscriber: between two equal values the same alert is addressed
  // to the same subscribers.
  [[nodiscard]] Sequence last_subscription_change() const { return last_subscription_change_; }

 private:
  void issue(const v1::TokenIssued& token);

  std::map<std::string, Publisher, std::less<>> publishers_;
  std::map<std::string, Subscriber, std::less<>> subscribers_;
  std::unordered_map<std::string, Principal> by_token_hash_;
  std::map<std::pair<int, std::string>, std::string> token_hash_of_;
  Sequence last_subscription_change_ = 0;
};

}  // namespace noroshi::registry
