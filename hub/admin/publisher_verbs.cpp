#include "hub/admin/publisher_verbs.hpp"

#include "hub/admin/publisher_import.hpp"
#include "hub/admin/publisher_rights.hpp"
#include "hub/admin/registration_verb.hpp"
#include "hub/admin/terms.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;

// What the verbs need to know of publishers.
struct Publishers {
  using Entry = registry::Publisher;
  static constexpr auto token_kind = v1::TokenIssued::PUBLISHER;
  static constexpr auto exists = Say::publisher_exists;
  static constexpr auto unknown = Say::publisher_unknown;
  static constexpr auto registered = Say::publisher_registered;

  static auto id(const AdminRequest& request) {
    return publisher_code(request.id, request.language);
  }
  static const Entry* find(const registry::Registry& registry, std::string_view id) {
    return registry.publisher(id);
  }
  static const auto& all(const registry::Registry& registry) { return registry.publishers(); }
  static Shown show(const Entry& entry, const registry::Registry& registry, Language language) {
    return admin::show(entry, registry.districts(entry.code), language);
  }
  static bool suspended(const Entry& entry) { return entry.suspended; }
  static void set_suspended(Entry& entry, Action action) {
    entry.suspended = action == Action::suspend;
  }
  static Entry fresh(const std::string& id) { return {id, "", {}, own_area(id)}; }
  static bool anything_given(const AdminRequest& r) {
    return r.name || r.senders || r.areas || r.events || r.two_people || r.signature_required ||
           (r.rights && r.rights->anything_given());
  }
  static bool without_areas(const Entry& entry) { return entry.areas.empty(); }

  static std::optional<Error> change(Entry& entry, const AdminRequest& r) {
    if (auto wrong = take(entry.name, r.name, display_name, r.language)) return wrong;
    if (auto wrong = take(entry.senders, r.senders, sender_terms, r.language)) return wrong;
    if (r.two_people) entry.policy.set_two_people(*r.two_people);
    if (r.signature_required) entry.policy.set_signature_required(*r.signature_required);
    if (auto wrong = take(entry.areas, r.areas, area_terms, r.language)) return wrong;
    if (auto wrong = take(entry.events, r.events, event_rights, r.language)) return wrong;
    return r.rights ? change_rights(entry, *r.rights, r.language) : std::nullopt;
  }

  static v1::EntryBody body(const Entry& entry, const std::string& reason) {
    v1::EntryBody body;
    *body.mutable_publisher_registered() = registry::write_publisher(entry, reason);
    return body;
  }

  // What the operator should know about what was just registered.
  static std::string advice(const Entry& entry, Language language) {
    return entry.senders.empty() ? "\n" + say(language, Say::no_sender, entry.code) : "";
  }
};

}  // namespace

Administration administer_publishers(const AdminRequest& request,
                                     const registry::Registry& registry) {
  return RegistrationVerb<Publishers>(request, registry).carry_out();
}

}  // namespace noroshi::admin
