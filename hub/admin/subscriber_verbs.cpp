#include "hub/admin/subscriber_verbs.hpp"

#include "hub/admin/preview.hpp"
#include "hub/admin/preview_words.hpp"
#include "hub/admin/publisher_rights.hpp"
#include "hub/admin/registration_verb.hpp"
#include "hub/admin/terms.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;

template <class Values>
void fill(google::protobuf::RepeatedPtrField<std::string>& field, const Values& values) {
  field.Assign(values.begin(), values.end());
}

// What the verbs need to know of subscribers.
struct Subscribers {
  using Entry = registry::Subscriber;
  static constexpr auto token_kind = v1::TokenIssued::SUBSCRIBER;
  static constexpr auto exists = Say::subscriber_exists;
  static constexpr auto unknown = Say::subscriber_unknown;
  static constexpr auto registered = Say::subscriber_registered;

  static auto id(const AdminRequest& request) {
    return subscriber_id(request.id, request.language);
  }
  static const Entry* find(const registry::Registry& registry, std::string_view id) {
    return registry.subscriber(id);
  }
  static const auto& all(const registry::Registry& registry) { return registry.subscribers(); }
  static Shown show(const Entry& entry, const registry::Registry&, Language language) {
    return admin::show(entry, language);
  }
  static bool suspended(const Entry& entry) { return entry.current().suspended; }
  static void set_suspended(Entry& entry, Action action) {
    entry.versions.back().suspended = action == Action::suspend;
  }
  static Entry fresh(const std::string& id) { return {id, "", {"stream"}, 0, {{}}}; }
  static bool anything_given(const AdminRequest& r) {
    return r.name || r.areas || r.events || r.min_level || r.outlets || r.polygon ||
           r.texts_language;
  }
  static bool without_areas(const Entry& entry) { return entry.current().areas.empty(); }

  static std::optional<Error> change(Entry& entry, const AdminRequest& r) {
    auto& current = entry.versions.back();
    if (auto wrong = take(entry.name, r.name, display_name, r.language)) return wrong;
    if (auto wrong = take(current.areas, r.areas, area_terms, r.language)) return wrong;
    if (auto wrong = take(current.events, r.events, event_terms, r.language)) return wrong;
    if (auto wrong = take(current.min_level, r.min_level, warning_level, r.language)) return wrong;
    if (auto wrong = take(entry.polygon, r.polygon, area_bytes, r.language)) return wrong;
    if (auto wrong = take(entry.language, r.texts_language, language_tag, r.language)) return wrong;
    return take(entry.outlets, r.outlets, outlet_terms, r.language);
  }

  static v1::EntryBody body(const Entry& entry, const std::string& reason) {
    return subscriber_registered(entry, reason);
  }

  static std::string advice(const Entry&, Language) { return ""; }
};

}  // namespace

v1::EntryBody subscriber_registered(const registry::Subscriber& entry, const std::string& reason) {
  v1::EntryBody body;
  auto& registered = *body.mutable_subscriber_registered();
  registered.set_id(entry.id);
  registered.set_name(entry.name);
  fill(*registered.mutable_areas(), entry.current().areas);
  fill(*registered.mutable_events(), entry.current().events);
  registered.set_min_level(entry.current().min_level);
  fill(*registered.mutable_outlets(), entry.outlets);
  registered.set_suspended(entry.current().suspended);
  registered.set_reason(reason);
  if (entry.polygon) registered.set_polygon(*entry.polygon);
  registered.set_language(entry.language);
  if (!entry.webhook.url().empty()) *registered.mutable_webhook() = entry.webhook;
  return body;
}

Result<v1::SubscriberRegistered> previewed(const AdminRequest& request,
                                           const registry::Registry& registry) {
  const auto id = Subscribers::id(request);
  if (!id) return tl::unexpected<Error>(id.error());
  const auto* known = registry.subscriber(*id);
  if (known == nullptr && !Subscribers::anything_given(request))
    return failure(ErrorCode::not_found,
                   say(request.language, PreviewSay::nothing_to_preview, *id));
  auto entry = known != nullptr ? *known : Subscribers::fresh(*id);
  if (auto wrong = Subscribers::change(entry, request)) return tl::unexpected(std::move(*wrong));
  if (Subscribers::without_areas(entry))
    return failure(ErrorCode::invalid, say(request.language, Say::areas_wanted, *id));
  return subscriber_registered(entry, "").subscriber_registered();
}

Administration administer_subscribers(const AdminRequest& request,
                                      const registry::Registry& registry) {
  return RegistrationVerb<Subscribers>(request, registry).carry_out();
}

}  // namespace noroshi::admin
