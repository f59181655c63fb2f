#include "hub/registry/registry.hpp"

#include <algorithm>
#include <utility>

#include "proto/hexadecimal.hpp"

namespace noroshi::registry {
namespace {

std::string hash_bytes(std::string_view token) {
  const auto hash = journal::content_hash(token);
  return {hash.begin(), hash.end()};
}

std::string credential_name(std::string_view hash) { return hexadecimal(hash.substr(0, 4)); }

template <class Repeated>
std::vector<std::string> strings(const Repeated& values) {
  return {values.begin(), values.end()};
}

}  // namespace

void Registry::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_publisher_registered()) {
    auto publisher = read_publisher(body.publisher_registered());
    auto& known = publishers_[publisher.code];
    // Most changes leave it as it is; whoever indexed it need not do so again.
    if (known.territory && publisher.territory && *known.territory == *publisher.territory)
      publisher.territory = known.territory;
    publisher.pinned_ms = pinned_since(publisher, known, entry.at_ms());
    known = std::move(publisher);
  } else if (body.has_subscriber_registered()) {
    const auto& s = body.subscriber_registered();
    auto& subscriber = subscribers_[s.id()];
    if (subscriber.versions.empty()) subscriber.registered = entry.sequence();
    subscriber.id = s.id();
    subscriber.name = s.name();
    subscriber.outlets = strings(s.outlets());
    subscriber.webhook = s.webhook();
    subscriber.language = s.language();
    subscriber.polygon =
        s.polygon().empty() ? nullptr : std::make_shared<const std::string>(s.polygon());
    subscriber.versions.push_back({entry.sequence(), strings(s.areas()), strings(s.events()),
                                   s.min_level(), s.suspended(), subscriptions_.interest(s)});
    subscriptions_.changed(subscriber);
  } else if (body.has_officer_registered()) {
    auto officer = read_officer(body.officer_registered());
    officers_[officer.login] = std::move(officer);
  } else if (body.has_districts_registered()) {
    const auto& registered = body.districts_registered();
    if (registered.districts().empty())
      districts_.erase(registered.code());
    else
      districts_[registered.code()] = std::make_shared<const v1::DistrictsRegistered>(registered);
  } else if (body.has_token_issued()) {
    issue(body.token_issued());
  } else {
    certificates_.apply(body);
    drills_.apply(entry);
  }
}

void Registry::issue(const v1::TokenIssued& token) {
  const auto kind = kind_of(token.kind());
  if (!kind) return;
  auto& current = token_hash_of_[{static_cast<int>(token.kind()), token.id(), token.drill()}];
  by_token_hash_.erase(current);
  current = token.token_sha256();
  by_token_hash_.erase(current);
  by_token_hash_.try_emplace(
      current, Principal{*kind, token.id(), credential_name(current), drills::Channel::of(token)});
}

const Publisher* Registry::publisher(std::string_view code) const {
  const auto found = publishers_.find(code);
  return found == publishers_.end() ? nullptr : &found->second;
}

const v1::DistrictsRegistered* Registry::districts(std::string_view code) const {
  const auto found = districts_.find(code);
  return found == districts_.end() ? nullptr : found->second.get();
}

const Subscriber* Registry::subscriber(std::string_view id) const {
  const auto found = subscribers_.find(id);
  return found == subscribers_.end() ? nullptr : &found->second;
}

const Officer* Registry::officer(std::string_view login) const {
  const auto found = officers_.find(login);
  return found == officers_.end() ? nullptr : &found->second;
}

std::string Registry::publisher_of(const Principal& principal) const {
  if (principal.kind == Principal::Kind::publisher) return principal.id;
  const auto* acting = principal.kind == Principal::Kind::officer ? officer(principal.id) : nullptr;
  return acting == nullptr ? "" : acting->publisher;
}

std::optional<Principal> Registry::principal_of(std::string_view token) const {
  const auto found = by_token_hash_.find(hash_bytes(token));
  if (found == by_token_hash_.end()) return std::nullopt;
  return found->second;
}

bool Registry::suspended(const Principal& principal) const {
  if (principal.kind == Principal::Kind::publisher) {
    const auto* found = publisher(principal.id);
    return found == nullptr || found->suspended;
  }
  if (principal.kind == Principal::Kind::subscriber) {
    const auto* found = subscriber(principal.id);
    return found == nullptr || found->current().suspended;
  }
  if (principal.kind == Principal::Kind::officer) {
    const auto* found = officer(principal.id);
    if (found == nullptr || found->suspended) return true;
    const auto* organisation = publisher(found->publisher);
    return organisation == nullptr || organisation->suspended;
  }
  return principal.kind != Principal::Kind::operator_;
}

Principal Registry::called(const Subscriber& subscriber) {
  return {Principal::Kind::subscriber, subscriber.id, std::string(registration_credential),
          drills::Channel::of(v1::SubscriberRegistered())};
}

Principal Registry::called(const Subscriber& subscriber, const drills::Session& session) {
  return {Principal::Kind::subscriber, subscriber.id, std::string(registration_credential),
          session.channel};
}

bool Registry::still_called(const Principal& principal) const {
  const auto* found = subscriber(principal.id);
  if (found == nullptr || !found->takes_webhooks()) return false;
  if (principal.channel.live()) return true;
  const auto* session = drills_.find(principal.channel.drill());
  return session != nullptr && session->subscribers.contains(principal.id);
}

bool Registry::current(const Principal& principal, std::int64_t now_ms) const {
  if (principal.credential == registration_credential) return still_called(principal);
  if (by_certificate(principal)) return certificates_.stands(principal, now_ms);
  const auto found = token_hash_of_.find(
      {static_cast<int>(kind_of(principal.kind)), principal.id, principal.channel.drill()});
  return found != token_hash_of_.end() && credential_name(found->second) == principal.credential;
}

std::optional<std::string> Registry::good_for(Principal::Kind kind, const std::string& id,
                                              std::string_view credential,
                                              std::int64_t now_ms) const {
  if (credential.starts_with(certificate_credential_prefix)) {
    const auto* certificate =
        certificates_.find(credential.substr(certificate_credential_prefix.size()));
    if (certificate == nullptr || certificate->kind != kind || certificate->id != id ||
        !certificate->good_at(now_ms))
      return std::nullopt;
    return certificate->channel.drill();
  }
  const auto number = static_cast<int>(kind_of(kind));
  for (auto token = token_hash_of_.lower_bound({number, id, ""}); token != token_hash_of_.end();
       ++token) {
    const auto& [of_kind, of_id, drill] = token->first;
    if (of_kind != number || of_id != id) break;
    if (credential_name(token->second) == credential) return drill;
  }
  return std::nullopt;
}

Audience Registry::audience(const v1::AlertAccepted& alert, Sequence sequence) const {
  return subscriptions_.audience(alert, sequence);
}

bool Registry::addressed(const Subscriber& subscriber, const v1::AlertAccepted& alert,
                         Sequence sequence) const {
  if (!alert.drill().empty()) {
    const auto* session = drills_.find(alert.drill());
    if (session == nullptr || !session->subscribers.contains(subscriber.id)) return false;
  }
  return subscriber.addressed(alert, sequence);
}

std::uint32_t Registry::count_participants(const v1::AlertAccepted& alert,
                                           Sequence sequence) const {
  const auto* session = drills_.find(alert.drill());
  if (session == nullptr) return 0;
  return static_cast<std::uint32_t>(
      std::count_if(session->subscribers.begin(), session->subscribers.end(), [&](const auto& id) {
        const auto* taking_part = subscriber(id);
        return taking_part != nullptr && taking_part->addressed(alert, sequence);
      }));
}

std::uint32_t Registry::count_addressed(const v1::AlertAccepted& alert, Sequence sequence) const {
  if (!alert.drill().empty()) return count_participants(alert, sequence);
  const auto addressed = audience(alert, sequence);
  auto count = subscriptions_.count_now(addressed);
  for (const auto& id : subscriptions_.changed_since(addressed.oldest())) {
    const auto& subscriber = subscribers_.find(id)->second;
    const auto& now = subscriber.current();
    if (!now.suspended && (addressed.everybody() || addressed.wanted_by(*now.interest))) --count;
    if (addressed.includes(subscriber)) ++count;
  }
  return count;
}

}  // namespace noroshi::registry
