#include "hub/admin/administer.hpp"

#include <boost/json.hpp>
#include <cassert>
#include <variant>

#include "hub/admin/certificate_verbs.hpp"
#include "hub/admin/district_verbs.hpp"
#include "hub/admin/drill_verbs.hpp"
#include "hub/admin/key_verbs.hpp"
#include "hub/admin/officer_verbs.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/publisher_import.hpp"
#include "hub/admin/publisher_verbs.hpp"
#include "hub/admin/subscriber_verbs.hpp"
#include "hub/admin/webhook_verbs.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using Subject = AdminRequest::Subject;

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
  if (request.action == Action::districts) return administer_districts(request, registry);
  if (request.subject == Subject::publisher) {
    return administer_publishers(request, registry);
  }
  if (request.subject == Subject::subscriber) {
    return administer_subscribers(request, registry);
  }
  if (request.subject == Subject::certificate) return administer_certificates(request, registry);
  if (request.subject == Subject::webhook) return administer_webhooks(request, registry, nullptr);
  if (request.subject == Subject::drill) return administer_drills(request, registry);
  if (request.subject == Subject::signing_key) return administer_signing_keys(request, registry);
  if (request.subject == Subject::officer) return administer_officers(request, registry);
  return {
      {},
      answer_of({ErrorCode::invalid, say(request.language, Say::request_malformed, "subject")})};
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
