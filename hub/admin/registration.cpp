#include "hub/admin/registration.hpp"

#include <boost/json.hpp>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/staged_file.hpp"
#include "hub/admin/token.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

constexpr mode_t private_file = 0600;

void add_to_json(AdminAnswer& answer, const char* key, const std::string& value) {
  boost::json::error_code failed;
  auto json = boost::json::parse(answer.json, failed);
  if (failed || !json.is_object()) return;
  json.as_object()[key] = value;
  answer.json = boost::json::serialize(json) + "\n";
}

void show_once(AdminAnswer& answer, const std::string& token, Language language) {
  answer.data = token + "\n";
  answer.note += "\n" + say(language, Say::token_shown_once);
  add_to_json(answer, "token", token);
}

v1::TokenIssued::Kind token_kind(AdminRequest::Subject subject) {
  using Subject = AdminRequest::Subject;
  if (subject == Subject::officer) return v1::TokenIssued::OFFICER;
  return subject == Subject::publisher ? v1::TokenIssued::PUBLISHER : v1::TokenIssued::SUBSCRIBER;
}

}  // namespace

AdminAnswer carry_out_registration(const DataDirectory& directory, AdminRequest request,
                                   const std::optional<std::string>& token_file,
                                   const journal::WallClock& clock) {
  using Action = AdminRequest::Action;
  if (request.rights) request.rights->now_ms = clock();
  if (request.preview) request.preview->now_ms = clock();
  if (request.action != Action::add && request.action != Action::token) {
    return carry_out(directory, request, clock);
  }
  const auto token = make_token(token_kind(request.subject), request.drill);
  request.token_sha256 = hexadecimal(journal::content_hash(token));

  if (!token_file) {
    auto answer = carry_out(directory, request, clock);
    if (answer.exit_code == exit_code::ok) show_once(answer, token, request.language);
    return answer;
  }
  auto file = StagedFile::prepare(*token_file, token + "\n", private_file);
  if (!file) return answer_of(file.error());
  auto answer = carry_out(directory, request, clock);
  if (answer.exit_code != exit_code::ok) return answer;
  if (const auto published = file->publish(); !published) return answer_of(published.error());
  answer.note += "\n" + say(request.language, Say::token_written, printable(*token_file));
  add_to_json(answer, "token_file", *token_file);
  return answer;
}

}  // namespace noroshi::admin
