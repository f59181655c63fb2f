#include "hub/registry/publisher.hpp"

#include <algorithm>

#include "proto/jp/lg_code.hpp"

namespace noroshi::registry {
namespace {

template <class Repeated>
std::vector<std::string> strings(const Repeated& values) {
  return {values.begin(), values.end()};
}

}  // namespace

bool Publisher::may_send_as(std::string_view sender) const {
  return std::any_of(senders.begin(), senders.end(),
                     [&](const auto& value) { return value == "*" || value == sender; });
}

bool Publisher::may_speak_for(std::string_view place) const {
  return std::any_of(areas.begin(), areas.end(),
                     [&](const auto& area) { return jp::covers(area, place); });
}

bool Publisher::may_speak_about(std::string_view event) const {
  return events.empty() || std::any_of(events.begin(), events.end(),
                                       [&](const auto& term) { return covers_event(term, event); });
}

std::optional<std::int64_t> Publisher::typed_for_until(std::string_view publisher) const {
  const auto right = std::find_if(proxies.begin(), proxies.end(),
                                  [&](const auto& one) { return one.publisher == publisher; });
  return right == proxies.end() ? std::nullopt : std::optional(right->until_ms);
}

bool covers_event(std::string_view term, std::string_view event) {
  if (term.empty() || !event.starts_with(term)) return false;
  return term.back() == '.' ? event.size() > term.size()
                            : event.size() == term.size() || event[term.size()] == '.';
}

std::map<std::string, std::int64_t> pinned_since(const Publisher& registered,
                                                 const Publisher& known, std::int64_t at_ms) {
  std::map<std::string, std::int64_t> since;
  for (const auto& key : registered.policy.signing_keys()) {
    const auto& before = known.policy.signing_keys();
    const bool same = std::any_of(before.begin(), before.end(), [&](const auto& one) {
      return one.name() == key.name() && one.certificate() == key.certificate();
    });
    const auto pinned = known.pinned_ms.find(key.name());
    since[key.name()] = same && pinned != known.pinned_ms.end() ? pinned->second : at_ms;
  }
  return since;
}

Publisher read_publisher(const v1::PublisherRegistered& registered) {
  Publisher publisher{
      registered.code(),           registered.name(),      strings(registered.senders()),
      strings(registered.areas()), registered.suspended(), strings(registered.events())};
  if (!registered.territory().empty())
    publisher.territory = std::make_shared<const std::string>(registered.territory());
  for (const auto& right : registered.proxies())
    publisher.proxies.push_back({right.publisher(), right.until_ms()});
  publisher.policy = registered.policy();
  return publisher;
}

v1::PublisherRegistered write_publisher(const Publisher& publisher, const std::string& reason) {
  v1::PublisherRegistered registered;
  registered.set_code(publisher.code);
  registered.set_name(publisher.name);
  registered.mutable_senders()->Assign(publisher.senders.begin(), publisher.senders.end());
  registered.mutable_areas()->Assign(publisher.areas.begin(), publisher.areas.end());
  registered.set_suspended(publisher.suspended);
  registered.set_reason(reason);
  registered.mutable_events()->Assign(publisher.events.begin(), publisher.events.end());
  if (publisher.territory) registered.set_territory(*publisher.territory);
  for (const auto& right : publisher.proxies) {
    auto& added = *registered.add_proxies();
    added.set_publisher(right.publisher);
    added.set_until_ms(right.until_ms);
  }
  if (publisher.policy.ByteSizeLong() > 0) *registered.mutable_policy() = publisher.policy;
  return registered;
}

}  // namespace noroshi::registry
