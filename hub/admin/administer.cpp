#include "hub/admin/administer.hpp"

#include <boost/json.hpp>
#include <cassert>
#include <optional>
#include <type_traits>
#include <variant>

#include "hub/admin/certificate_verbs.hpp"
#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/key_verbs.hpp"
#include "hub/admin/listing.hpp"
#include "hub/admin/officer_verbs.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/publisher_import.hpp"
#include "hub/admin/publisher_rights.hpp"
#include "hub/admin/terms.hpp"
#include "hub/admin/token.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using Subject = AdminRequest::Subject;

// Checks `typed`, when it was given, and puts it into `target`.
template <class Target, class Typed, class Check>
std::optional<Error> take(Target& target, const std::optional<Typed>& typed, const Check& check,
                          Language language) {
  if (!typed) return std::nullopt;
  auto checked = check(*typed, language);
  if (!checked) return checked.error();
  target = std::move(*checked);
  return std::nullopt;
}

template <class Values>
void fill(google::protobuf::RepeatedPtrField<std::string>& field, const Values& values) {
  field.Assign(values.begin(), values.end());
}

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

// … and of subscribers.
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
  static bool suspended(const Entry& entry) { return entry.current().suspended; }
  static void set_suspended(Entry& entry, Action action) {
    entry.versions.back().suspended = action == Action::suspend;
  }
  static Entry fresh(const std::string& id) { return {id, "", {"stream"}, 0, {{}}}; }
  static bool anything_given(const AdminRequest& r) {
    return r.name || r.areas || r.events || r.min_level || r.outlets;
  }
  static bool without_areas(const Entry& entry) { return entry.current().areas.empty(); }

  static std::optional<Error> change(Entry& entry, const AdminRequest& r) {
    auto& current = entry.versions.back();
    if (auto wrong = take(entry.name, r.name, display_name, r.language)) return wrong;
    if (auto wrong = take(current.areas, r.areas, area_terms, r.language)) return wrong;
    if (auto wrong = take(current.events, r.events, event_terms, r.language)) return wrong;
    if (auto wrong = take(current.min_level, r.min_level, warning_level, r.language)) return wrong;
    return take(entry.outlets, r.outlets, outlet_terms, r.language);
  }

  static v1::EntryBody body(const Entry& entry, const std::string& reason) {
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
    return body;
  }

  static std::string advice(const Entry&, Language) { return ""; }
};

Administration refused(const Error& error) { return {{}, answer_of(error)}; }
Administration refused(ErrorCode code, std::string detail) {
  return refused({code, std::move(detail)});
}

void propose(Administration& administration, v1::EntryBody body) {
  administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
}

// One verb on one publisher or subscriber, or on the list of them.
template <class Kind>
class Verb {
 public:
  Verb(const AdminRequest& request, const registry::Registry& registry)
      : request_(request), registry_(registry), language_(request.language) {}

  Administration carry_out() {
    if (request_.action == Action::list) return list();
    const auto id = Kind::id(request_);
    if (!id) return refused(id.error());
    if (!is_printable(request_.reason) || request_.reason.size() > reason_bytes_max) {
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "reason"));
    }
    const auto* entry = Kind::find(registry_, *id);
    if (request_.action == Action::add) return add(entry, *id);
    if (entry == nullptr) return refused(ErrorCode::not_found, say(language_, Kind::unknown, *id));
    return on(*entry, *id);
  }

 private:
  using Entry = typename Kind::Entry;
  static constexpr std::size_t reason_bytes_max = 1000;

  Administration on(const Entry& entry, const std::string& id) {
    switch (request_.action) {
      case Action::set:
        return set(entry, id);
      case Action::suspend:
        return stand(entry, id, Say::suspended, Say::suspended_already);
      case Action::resume:
        return stand(entry, id, Say::resumed, Say::resumed_already);
      case Action::token:
        return replace_token(entry, id);
      default:
        const auto shown = show(entry, language_);
        return {{}, {exit_code::ok, shown.details, "", shown.json}};
    }
  }

  Administration list() {
    AdminAnswer answer;
    for (const auto& [id, entry] : Kind::all(registry_)) {
      const auto shown = show(entry, language_);
      answer.data += shown.row;
      answer.json += shown.json;
    }
    if (answer.data.empty()) answer.note = say(language_, Say::list_empty);
    return {{}, answer};
  }

  Administration add(const Entry* existing, const std::string& id) {
    if (existing != nullptr) return refused(ErrorCode::conflict, say(language_, Kind::exists, id));
    if (!request_.name) return refused(ErrorCode::invalid, say(language_, Say::name_wanted, id));
    auto entry = Kind::fresh(id);
    if (const auto wrong = Kind::change(entry, request_)) return refused(*wrong);
    if (Kind::without_areas(entry)) {
      return refused(ErrorCode::invalid, say(language_, Say::areas_wanted, id));
    }
    const auto note = say(language_, Kind::registered, id, printable(entry.name)) +
                      Kind::advice(entry, language_);
    auto administration = changed(entry, note);
    return issue(std::move(administration), id);
  }

  Administration set(Entry entry, const std::string& id) {
    if (!Kind::anything_given(request_)) {
      return refused(ErrorCode::invalid, say(language_, Say::nothing_to_set, id));
    }
    if (const auto wrong = Kind::change(entry, request_)) return refused(*wrong);
    if (Kind::without_areas(entry)) {
      return refused(ErrorCode::invalid, say(language_, Say::areas_wanted, id));
    }
    return changed(entry, say(language_, Say::changed, id));
  }

  Administration stand(Entry entry, const std::string& id, Say done, Say already) {
    const bool wanted = request_.action == Action::suspend;
    if (Kind::suspended(entry) == wanted) {
      return {{}, {exit_code::ok, "", say(language_, already, id), show(entry, language_).json}};
    }
    Kind::set_suspended(entry, request_.action);
    return changed(entry, say(language_, done, id));
  }

  Administration replace_token(const Entry& entry, const std::string& id) {
    if (const auto wrong = objection_to_drill_token(request_, registry_, id)) {
      return refused(*wrong);
    }
    const auto note = request_.drill.empty()
                          ? say(language_, Say::token_replaced, id)
                          : say(language_, Say::drill_token_issued, id, request_.drill);
    return issue({{}, {exit_code::ok, "", note, show(entry, language_).json}}, id);
  }

  Administration changed(const Entry& entry, std::string note) {
    Administration administration;
    propose(administration, Kind::body(entry, request_.reason));
    administration.answer = {exit_code::ok, "", std::move(note), show(entry, language_).json};
    return administration;
  }

  Administration issue(Administration administration, const std::string& id) {
    const auto hash = journal::hash_from_digits(request_.token_sha256);
    if (!hash) {
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "token_sha256"));
    }
    propose(administration, token_issued(Kind::token_kind, id, *hash, request_.drill));
    return administration;
  }

  const AdminRequest& request_;
  const registry::Registry& registry_;
  const Language language_;
};

void flatten(const boost::json::value& value, const std::string& path, std::string& lines) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, field] : *object) {
      const auto name = printable({key.data(), key.size()});
      flatten(field, path.empty() ? name : fmt::format("{}.{}", path, name), lines);
    }
    return;
  }
  const auto* string = value.if_string();
  const auto text = string != nullptr ? printable({string->data(), string->size()})
                                      : printable(boost::json::serialize(value));
  lines += fmt::format("{}: {}\n", path, text);
}

}  // namespace

Administration administer(const AdminRequest& request, const registry::Registry& registry) {
  assert(request.action != Action::status);
  if (request.action == Action::import_) return import_publishers(request, registry);
  if (request.subject == Subject::publisher) {
    return Verb<Publishers>(request, registry).carry_out();
  }
  if (request.subject == Subject::subscriber) {
    return Verb<Subscribers>(request, registry).carry_out();
  }
  if (request.subject == Subject::certificate) return administer_certificates(request, registry);
  if (request.subject == Subject::drill) return administer_drills(request, registry);
  if (request.subject == Subject::signing_key) return administer_signing_keys(request, registry);
  if (request.subject == Subject::officer) return administer_officers(request, registry);
  return refused(ErrorCode::invalid, say(request.language, Say::request_malformed, "subject"));
}

AdminAnswer conclude(AdminAnswer answer, std::span<const journal::Outcome> outcomes,
                     Language language) {
  for (const auto& outcome : outcomes) {
    if (const auto* no = std::get_if<journal::Refused>(&outcome)) {
      return answer_of({ErrorCode::refused, say(language, Say::journal_refused,
                                                printable(no->code + " " + no->detail))});
    }
    if (const auto* unknown = std::get_if<journal::Unknown>(&outcome)) {
      return answer_of(
          {ErrorCode::io, say(language, Say::journal_unknown, printable(unknown->detail))});
    }
  }
  return answer;
}

AdminAnswer status_answer(std::string_view live_json) {
  AdminAnswer answer;
  answer.json = std::string(live_json);
  if (!answer.json.ends_with('\n')) answer.json += '\n';
  boost::json::error_code failed;
  const auto value = boost::json::parse({live_json.data(), live_json.size()}, failed);
  assert(!failed);
  flatten(value, "", answer.data);
  return answer;
}

}  // namespace noroshi::admin
