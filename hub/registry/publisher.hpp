// One publisher: what it may speak for, and who may type for it. What is not listed is denied.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::registry {

// `publisher` may send in the name of the one that holds this, until then.
struct ProxyRight {
  std::string publisher;
  std::int64_t until_ms = 0;
  bool operator==(const ProxyRight&) const = default;
};

struct Publisher {
  std::string code;
  std::string name;
  std::vector<std::string> senders;  // CAP sender values, or * for any
  std::vector<std::string> areas;    // see jp::covers
  bool suspended = false;
  std::vector<std::string> events = {};                    // see covers_event; empty: any
  std::shared_ptr<const std::string> territory = nullptr;  // see PublisherRegistered; null: none
  std::vector<ProxyRight> proxies = {};                    // of each publisher one at most
  v1::PublisherPolicy policy = {};
  // Since when each signing key is pinned, by its name; of a change of the key since the change.
  std::map<std::string, std::int64_t> pinned_ms = {};

  [[nodiscard]] bool may_send_as(std::string_view sender) const;
  // Nothing but `*` covers "", a place without a code.
  [[nodiscard]] bool may_speak_for(std::string_view code) const;
  [[nodiscard]] bool may_speak_about(std::string_view event) const;
  // Until when `publisher` may type for this one; nothing when it never might.
  [[nodiscard]] std::optional<std::int64_t> typed_for_until(std::string_view publisher) const;
};

// `outage.` covers outage.power and whatever else is below it; `notice` covers itself, too. An
// event that only begins with the same letters is another event.
bool covers_event(std::string_view term, std::string_view event);

Publisher read_publisher(const v1::PublisherRegistered& registered);
// `pinned_ms` of what is registered at `at_ms` in place of `known`.
std::map<std::string, std::int64_t> pinned_since(const Publisher& registered,
                                                 const Publisher& known, std::int64_t at_ms);
// The inverse of read_publisher; `reason` is of this change.
v1::PublisherRegistered write_publisher(const Publisher& publisher, const std::string& reason);

}  // namespace noroshi::registry
