#include "hub/admin/officer_verbs.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/listing.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/terms.hpp"
#include "hub/admin/token.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using registry::Officer;

constexpr std::size_t login_length_max = 63;
constexpr std::size_t echo_bytes_max = 80;
constexpr std::size_t reason_bytes_max = 1000;

bool is_login(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view taken = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
  return text.size() >= 2 && text.size() <= login_length_max &&
         letters.find(text.front()) != std::string_view::npos &&
         text.find_first_not_of(taken) == std::string_view::npos;
}

Administration refused(const Error& error) { return {{}, answer_of(error)}; }
Administration refused(ErrorCode code, std::string detail) {
  return refused({code, std::move(detail)});
}

class Verb {
 public:
  Verb(const AdminRequest& request, const registry::Registry& registry)
      : request_(request), registry_(registry), language_(request.language) {}

  Administration carry_out() {
    if (request_.action == Action::list) return list();
    const auto login = officer_login(request_.id, language_);
    if (!login) return refused(login.error());
    if (!is_printable(request_.reason) || request_.reason.size() > reason_bytes_max)
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "reason"));
    const auto* officer = registry_.officer(*login);
    if (request_.action == Action::add) return add(officer, *login);
    if (officer == nullptr)
      return refused(ErrorCode::not_found, say(language_, Say::officer_unknown, *login));
    return on(*officer);
  }

 private:
  Administration on(const Officer& officer) {
    switch (request_.action) {
      case Action::set:
        return set(officer);
      case Action::suspend:
        return stand(officer, Say::suspended, Say::suspended_already);
      case Action::resume:
        return stand(officer, Say::resumed, Say::resumed_already);
      case Action::token:
        return replace_token(officer);
      default:
        const auto shown = show(officer, language_);
        return {{}, {exit_code::ok, shown.details, "", shown.json}};
    }
  }

  Administration list() {
    AdminAnswer answer;
    for (const auto& [login, officer] : registry_.officers()) {
      if (request_.publisher && officer.publisher != *request_.publisher) continue;
      const auto shown = show(officer, language_);
      answer.data += shown.row;
      answer.json += shown.json;
    }
    if (answer.data.empty()) answer.note = say(language_, Say::list_empty);
    return {{}, answer};
  }

  Administration add(const Officer* existing, const std::string& login) {
    if (existing != nullptr)
      return refused(ErrorCode::conflict, say(language_, Say::officer_exists, login));
    if (!request_.publisher)
      return refused(ErrorCode::invalid, say(language_, Say::officer_publisher_wanted, login));
    const auto code = publisher_code(*request_.publisher, language_);
    if (!code) return refused(code.error());
    if (registry_.publisher(*code) == nullptr)
      return refused(ErrorCode::not_found, say(language_, Say::publisher_unknown, *code));
    const auto roles =
        officer_roles(request_.roles.value_or(std::vector<std::string>{}), language_);
    if (!roles) return refused(roles.error());
    const Officer officer{login, *code, *roles};
    return issue(changed(officer, say(language_, Say::officer_registered, login, *code)), login);
  }

  // Whom an officer acts for is for life: drafts and approvals in the log name the login alone.
  Administration set(Officer officer) {
    if (request_.publisher && *request_.publisher != officer.publisher)
      return refused(ErrorCode::conflict, say(language_, Say::officer_publisher_fixed,
                                              officer.login, officer.publisher));
    if (!request_.roles)
      return refused(ErrorCode::invalid, say(language_, Say::nothing_to_set, officer.login));
    auto roles = officer_roles(*request_.roles, language_);
    if (!roles) return refused(roles.error());
    officer.roles = std::move(*roles);
    return changed(officer, say(language_, Say::changed, officer.login));
  }

  Administration stand(Officer officer, Say done, Say already) {
    const bool wanted = request_.action == Action::suspend;
    if (officer.suspended == wanted)
      return {{},
              {exit_code::ok, "", say(language_, already, officer.login),
               show(officer, language_).json}};
    officer.suspended = wanted;
    return changed(officer, say(language_, done, officer.login));
  }

  Administration replace_token(const Officer& officer) {
    if (const auto wrong = objection_to_drill_token(request_, registry_, officer.publisher))
      return refused(*wrong);
    const auto note = request_.drill.empty()
                          ? say(language_, Say::token_replaced, officer.login)
                          : say(language_, Say::drill_token_issued, officer.login, request_.drill);
    return issue({{}, {exit_code::ok, "", note, show(officer, language_).json}}, officer.login,
                 request_.drill);
  }

  Administration changed(const Officer& officer, std::string note) {
    v1::EntryBody body;
    *body.mutable_officer_registered() = registry::write_officer(officer, request_.reason);
    Administration administration;
    administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
    administration.answer = {exit_code::ok, "", std::move(note), show(officer, language_).json};
    return administration;
  }

  Administration issue(Administration administration, const std::string& login,
                       std::string_view drill = "") {
    const auto hash = journal::hash_from_digits(request_.token_sha256);
    if (!hash)
      return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "token_sha256"));
    administration.proposals.push_back(
        {token_issued(v1::TokenIssued::OFFICER, login, *hash, drill), std::nullopt, nullptr});
    return administration;
  }

  const AdminRequest& request_;
  const registry::Registry& registry_;
  const Language language_;
};

}  // namespace

Administration administer_officers(const AdminRequest& request,
                                   const registry::Registry& registry) {
  return Verb(request, registry).carry_out();
}

Result<std::string> officer_login(std::string_view typed, Language language) {
  if (is_login(typed)) return std::string(typed);
  return failure(ErrorCode::invalid,
                 say(language, Say::bad_login, printable(typed.substr(0, echo_bytes_max))));
}

Result<std::vector<std::string>> officer_roles(const std::vector<std::string>& typed,
                                               Language language) {
  const auto& known = registry::role::all;
  const auto names = fmt::format("{}", fmt::join(known.begin(), known.end(), ", "));
  std::vector<std::string> roles;
  for (const auto& one : typed) {
    if (std::find(known.begin(), known.end(), one) == known.end())
      return failure(ErrorCode::invalid,
                     say(language, Say::bad_role, printable(one.substr(0, echo_bytes_max)), names));
    if (std::find(roles.begin(), roles.end(), one) == roles.end()) roles.push_back(one);
  }
  if (roles.empty()) return failure(ErrorCode::invalid, say(language, Say::bad_role, "-", names));
  return roles;
}

}  // namespace noroshi::admin
