// What can be done with one who is registered, a publisher or a subscriber, or with the list of
// them: the verbs are the same, what they change is said by `Kind`.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hub/admin/administer.hpp"
#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/listing.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/token.hpp"

namespace noroshi::admin {

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

// One verb on one publisher or subscriber, or on the list of them.
template <class Kind>
class RegistrationVerb {
 public:
  RegistrationVerb(const AdminRequest& request, const registry::Registry& registry)
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
  using Action = AdminRequest::Action;
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
        const auto shown = Kind::show(entry, registry_, language_);
        return {{}, {exit_code::ok, shown.details, "", shown.json}};
    }
  }

  Administration list() {
    AdminAnswer answer;
    for (const auto& [id, entry] : Kind::all(registry_)) {
      const auto shown = Kind::show(entry, registry_, language_);
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
      return {{},
              {exit_code::ok, "", say(language_, already, id),
               Kind::show(entry, registry_, language_).json}};
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
    return issue({{}, {exit_code::ok, "", note, Kind::show(entry, registry_, language_).json}}, id);
  }

  Administration changed(const Entry& entry, std::string note) {
    Administration administration;
    administration.proposals.push_back({Kind::body(entry, request_.reason), std::nullopt, nullptr});
    administration.answer = {exit_code::ok, "", std::move(note),
                             Kind::show(entry, registry_, language_).json};
    return administration;
  }

  Administration issue(Administration administration, const std::string& id) {
    const auto hash = journal::hash_from_digits(request_.token_sha256);
    if (!hash) {
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "token_sha256"));
    }
    administration.proposals.push_back(
        {token_issued(Kind::token_kind, id, *hash, request_.drill), std::nullopt, nullptr});
    return administration;
  }

  static Administration refused(const Error& error) { return {{}, answer_of(error)}; }
  static Administration refused(ErrorCode code, std::string detail) {
    return refused({code, std::move(detail)});
  }

  const AdminRequest& request_;
  const registry::Registry& registry_;
  const Language language_;
};

}  // namespace noroshi::admin
