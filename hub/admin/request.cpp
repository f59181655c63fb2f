#include "hub/admin/request.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using Subject = AdminRequest::Subject;
using Action = AdminRequest::Action;

template <class Value, std::size_t count>
using Names = std::array<std::pair<Value, std::string_view>, count>;

using Holder = CertificateTerms::Holder;

constexpr Names<Holder, 3> holders{{{Holder::nobody, "nobody"},
                                    {Holder::publisher, "publisher"},
                                    {Holder::subscriber, "subscriber"}}};
constexpr Names<Subject, 10> subjects{{{Subject::hub, "hub"},
                                       {Subject::webhook, "webhook"},
                                       {Subject::alarm, "alarm"},
                                       {Subject::audit, "audit"},
                                       {Subject::signing_key, "signing-key"},
                                       {Subject::officer, "officer"},
                                       {Subject::certificate, "certificate"},
                                       {Subject::drill, "drill"},
                                       {Subject::publisher, "publisher"},
                                       {Subject::subscriber, "subscriber"}}};
constexpr Names<Action, 25> actions{
    {{Action::status, "status"},  {Action::ack, "ack"},        {Action::checkpoint, "checkpoint"},
     {Action::prove, "prove"},    {Action::verify, "verify"},  {Action::preview, "preview"},
     {Action::export_, "export"}, {Action::add, "add"},        {Action::set, "set"},
     {Action::list, "list"},      {Action::show, "show"},      {Action::suspend, "suspend"},
     {Action::resume, "resume"},  {Action::token, "token"},    {Action::issue, "issue"},
     {Action::renew, "renew"},    {Action::revoke, "revoke"},  {Action::open, "open"},
     {Action::close, "close"},    {Action::import_, "import"}, {Action::districts, "districts"},
     {Action::replay, "replay"},  {Action::test, "test"},      {Action::report, "report"},
     {Action::backup, "backup"}}};
constexpr Names<Language, 2> languages{{{Language::english, "en"}, {Language::japanese, "ja"}}};

constexpr std::array<std::pair<ErrorCode, std::string_view>, 9> error_names{
    {{ErrorCode::invalid, "invalid"},
     {ErrorCode::configuration, "configuration"},
     {ErrorCode::refused, "refused"},
     {ErrorCode::not_found, "not-found"},
     {ErrorCode::conflict, "conflict"},
     {ErrorCode::protocol, "protocol"},
     {ErrorCode::unavailable, "unavailable"},
     {ErrorCode::closed, "closed"},
     {ErrorCode::io, "io"}}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
  return std::find_if(table.begin(), table.end(), [&](const auto& e) { return e.first == value; })
      ->second;
}

template <class Table>
auto value_in(const Table& table, std::string_view name) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& e) { return e.second == name; });
  if (found == table.end()) throw std::invalid_argument(printable(name));
  return found->first;
}

std::string text(const json::value& value) { return std::string(value.as_string()); }

std::vector<std::string> texts(const json::value& value) {
  std::vector<std::string> all;
  for (const auto& item : value.as_array()) all.push_back(text(item));
  return all;
}

void put(json::object& object, const char* key,
         const std::optional<std::vector<std::string>>& values) {
  if (values) object[key] = json::array(values->begin(), values->end());
}

void take(CertificateTerms& terms, std::string_view key, const json::value& value) {
  if (key == "holder") {
    terms.holder = value_in(holders, value.as_string());
  } else if (key == "serial") {
    terms.serial = text(value);
  } else if (key == "key_sha256") {
    terms.key_sha256 = text(value);
  } else if (key == "certificate_sha256") {
    terms.certificate_sha256 = text(value);
  } else if (key == "from_ms") {
    terms.from_ms = value.to_number<std::int64_t>();
  } else if (key == "until_ms") {
    terms.until_ms = value.to_number<std::int64_t>();
  } else if (key == "now_ms") {
    terms.now_ms = value.to_number<std::int64_t>();
  } else if (key == "refused_from_ms") {
    terms.refused_from_ms = value.to_number<std::int64_t>();
  } else {
    throw std::invalid_argument(printable(key));
  }
}

CertificateTerms certificate_terms(const json::value& value) {
  CertificateTerms terms;
  for (const auto& [key, field] : value.as_object()) take(terms, key, field);
  return terms;
}

json::object object_of(const CertificateTerms& terms) {
  return {{"holder", name_in(holders, terms.holder)},
          {"serial", terms.serial},
          {"key_sha256", terms.key_sha256},
          {"certificate_sha256", terms.certificate_sha256},
          {"from_ms", terms.from_ms},
          {"until_ms", terms.until_ms},
          {"now_ms", terms.now_ms},
          {"refused_from_ms", terms.refused_from_ms}};
}

void take(DrillTerms& terms, std::string_view key, const json::value& value) {
  if (key == "publishers") {
    terms.publishers = texts(value);
  } else if (key == "subscribers") {
    terms.subscribers = texts(value);
  } else if (key == "from_ms") {
    terms.from_ms = value.to_number<std::int64_t>();
  } else if (key == "until_ms") {
    terms.until_ms = value.to_number<std::int64_t>();
  } else if (key == "now_ms") {
    terms.now_ms = value.to_number<std::int64_t>();
  } else {
    throw std::invalid_argument(printable(key));
  }
}

DrillTerms drill_terms(const json::value& value) {
  DrillTerms terms;
  for (const auto& [key, field] : value.as_object()) take(terms, key, field);
  return terms;
}

json::object object_of(const DrillTerms& terms) {
  return {{"publishers", json::array(terms.publishers.begin(), terms.publishers.end())},
          {"subscribers", json::array(terms.subscribers.begin(), terms.subscribers.end())},
          {"from_ms", terms.from_ms},
          {"until_ms", terms.until_ms},
          {"now_ms", terms.now_ms}};
}

RightsTerms rights_terms(const json::value& value) {
  RightsTerms terms;
  for (const auto& [key, field] : value.as_object()) {
    if (key == "territory") {
      terms.territory = text(field);
    } else if (key == "proxies") {
      terms.proxies = texts(field);
    } else if (key == "no_proxies") {
      terms.no_proxies = texts(field);
    } else if (key == "profile_required") {
      terms.profile_required = field.as_bool();
    } else if (key == "deadlines") {
      terms.deadlines = texts(field);
    } else if (key == "no_deadlines") {
      terms.no_deadlines = field.as_bool();
    } else if (key == "now_ms") {
      terms.now_ms = field.to_number<std::int64_t>();
    } else {
      throw std::invalid_argument(printable(key));
    }
  }
  return terms;
}

json::object object_of(const RightsTerms& terms) {
  json::object object{{"proxies", json::array(terms.proxies.begin(), terms.proxies.end())},
                      {"no_proxies", json::array(terms.no_proxies.begin(), terms.no_proxies.end())},
                      {"now_ms", terms.now_ms}};
  if (terms.territory) object["territory"] = *terms.territory;
  if (terms.profile_required) object["profile_required"] = *terms.profile_required;
  if (!terms.deadlines.empty())
    object["deadlines"] = json::array(terms.deadlines.begin(), terms.deadlines.end());
  if (terms.no_deadlines) object["no_deadlines"] = true;
  return object;
}

WebhookTerms webhook_terms(const json::value& value) {
  WebhookTerms terms;
  for (const auto& [key, field] : value.as_object()) {
    if (key == "url") {
      terms.url = text(field);
    } else if (key == "payload") {
      terms.payload = text(field);
    } else if (key == "sequence") {
      terms.sequence = field.to_number<std::uint64_t>();
    } else if (key == "all") {
      terms.all = field.as_bool();
    } else {
      throw std::invalid_argument(printable(key));
    }
  }
  return terms;
}

AlarmTerms alarm_terms(const json::value& value) {
  AlarmTerms terms;
  for (const auto& [key, field] : value.as_object()) {
    if (key == "with_over") {
      terms.with_over = field.as_bool();
    } else if (key == "by") {
      terms.by = text(field);
    } else if (key == "now_ms") {
      terms.now_ms = field.to_number<std::int64_t>();
    } else {
      throw std::invalid_argument(printable(key));
    }
  }
  return terms;
}

AuditTerms audit_terms(const json::value& value) {
  AuditTerms terms;
  for (const auto& [key, field] : value.as_object()) {
    if (key == "sequence") {
      terms.sequence = field.to_number<std::uint64_t>();
    } else if (key == "epoch") {
      terms.epoch = field.to_number<std::uint64_t>();
    } else if (key == "size") {
      terms.size = field.to_number<std::uint64_t>();
    } else if (key == "alert") {
      terms.alert = text(field);
    } else if (key == "limit") {
      terms.limit = field.to_number<std::uint32_t>();
    } else {
      throw std::invalid_argument(printable(key));
    }
  }
  return terms;
}

json::object object_of(const AuditTerms& terms) {
  json::object object{{"sequence", terms.sequence}, {"epoch", terms.epoch}, {"size", terms.size}};
  if (!terms.alert.empty()) object["alert"] = terms.alert;  // what an older hub cannot read
  if (terms.limit != 0) object["limit"] = terms.limit;
  return object;
}

PreviewTerms preview_terms(const json::value& value) {
  PreviewTerms terms;
  for (const auto& [key, field] : value.as_object()) {
    if (key == "days") {
      terms.days = std::min(field.to_number<std::uint32_t>(), PreviewTerms::days_max);
    } else if (key == "now_ms") {
      terms.now_ms = field.to_number<std::int64_t>();
    } else {
      throw std::invalid_argument(printable(key));
    }
  }
  return terms;
}

json::object object_of(const PreviewTerms& terms) {
  return {{"days", terms.days}, {"now_ms", terms.now_ms}};
}

json::object object_of(const WebhookTerms& terms) {
  json::object object{{"sequence", terms.sequence}, {"all", terms.all}};
  if (terms.url) object["url"] = *terms.url;
  if (terms.payload) object["payload"] = *terms.payload;
  return object;
}

json::object object_of(const AlarmTerms& terms) {
  return {{"with_over", terms.with_over}, {"by", terms.by}, {"now_ms", terms.now_ms}};
}

void take(AdminRequest& request, std::string_view key, const json::value& value) {
  if (key == "subject") {
    request.subject = value_in(subjects, value.as_string());
  } else if (key == "action") {
    request.action = value_in(actions, value.as_string());
  } else if (key == "language") {
    request.language = value_in(languages, value.as_string());
  } else if (key == "id") {
    request.id = text(value);
  } else if (key == "name") {
    request.name = text(value);
  } else if (key == "senders") {
    request.senders = texts(value);
  } else if (key == "areas") {
    request.areas = texts(value);
  } else if (key == "events") {
    request.events = texts(value);
  } else if (key == "outlets") {
    request.outlets = texts(value);
  } else if (key == "min_level") {
    request.min_level = value.to_number<std::uint32_t>();
  } else if (key == "polygon") {
    request.polygon = text(value);
  } else if (key == "texts_language") {
    request.texts_language = text(value);
  } else if (key == "two_people") {
    request.two_people = value.as_bool();
  } else if (key == "publisher") {
    request.publisher = text(value);
  } else if (key == "roles") {
    request.roles = texts(value);
  } else if (key == "reason") {
    request.reason = text(value);
  } else if (key == "token_sha256") {
    request.token_sha256 = text(value);
  } else if (key == "signing_certificate") {
    request.signing_certificate = text(value);
  } else if (key == "signature_required") {
    request.signature_required = value.as_bool();
  } else if (key == "certificate") {
    request.certificate = certificate_terms(value);
  } else if (key == "drill") {
    request.drill = text(value);
  } else if (key == "session") {
    request.session = drill_terms(value);
  } else if (key == "rights") {
    request.rights = rights_terms(value);
  } else if (key == "webhook") {
    request.webhook = webhook_terms(value);
  } else if (key == "alarm") {
    request.alarm = alarm_terms(value);
  } else if (key == "audit") {
    request.audit = audit_terms(value);
  } else if (key == "preview") {
    request.preview = preview_terms(value);
  } else if (key == "listed") {
    for (const auto& one : value.as_array())
      request.listed.emplace_back(text(one.as_array().at(0)), text(one.as_array().at(1)));
  } else if (key == "districts") {
    request.districts = text(value);
  } else if (key == "dry_run") {
    request.dry_run = value.as_bool();
  } else if (key == "probe") {
    request.probe = value.to_number<std::uint64_t>();
  } else {
    throw std::invalid_argument(printable(key));
  }
}

void take(AdminAnswer& answer, std::string_view key, const json::value& value) {
  if (key == "exit_code") {
    answer.exit_code = value.to_number<int>();
  } else if (key == "data") {
    answer.data = text(value);
  } else if (key == "note") {
    answer.note = text(value);
  } else if (key == "json") {
    answer.json = text(value);
  } else {
    throw std::invalid_argument(printable(key));
  }
}

// Boost.JSON reports a wrong type by throwing; it stops here.
template <class Message>
Result<Message> read(std::string_view bytes) {
  try {
    Message message;
    json::parse_options options;
    options.max_depth = 4;
    const auto value = json::parse(json::string_view(bytes.data(), bytes.size()), {}, options);
    for (const auto& [key, field] : value.as_object()) take(message, key, field);
    return message;
  } catch (const std::exception& wrong) {
    return failure(ErrorCode::invalid, printable(wrong.what()));
  }
}

}  // namespace

AdminAnswer answer_of(const Error& error) {
  const json::object object{{"code", name_in(error_names, error.code)}, {"detail", error.detail}};
  return {exit_code_of(error.code), "", error.detail, json::serialize(object) + "\n"};
}

std::string to_json(const AdminRequest& request) {
  json::object object{{"subject", name_in(subjects, request.subject)},
                      {"action", name_in(actions, request.action)},
                      {"language", name_in(languages, request.language)},
                      {"id", request.id},
                      {"reason", request.reason},
                      {"token_sha256", request.token_sha256}};
  if (request.name) object["name"] = *request.name;
  put(object, "senders", request.senders);
  put(object, "areas", request.areas);
  put(object, "events", request.events);
  put(object, "outlets", request.outlets);
  if (request.polygon) object["polygon"] = *request.polygon;
  if (request.texts_language) object["texts_language"] = *request.texts_language;
  if (request.two_people) object["two_people"] = *request.two_people;
  if (request.publisher) object["publisher"] = *request.publisher;
  put(object, "roles", request.roles);
  if (request.min_level) object["min_level"] = *request.min_level;
  if (request.certificate) object["certificate"] = object_of(*request.certificate);
  if (!request.drill.empty()) object["drill"] = request.drill;
  if (!request.signing_certificate.empty())
    object["signing_certificate"] = request.signing_certificate;
  if (request.signature_required) object["signature_required"] = *request.signature_required;
  if (request.session) object["session"] = object_of(*request.session);
  if (request.rights) object["rights"] = object_of(*request.rights);
  if (request.webhook) object["webhook"] = object_of(*request.webhook);
  if (request.alarm) object["alarm"] = object_of(*request.alarm);
  if (request.audit) object["audit"] = object_of(*request.audit);
  if (request.preview) object["preview"] = object_of(*request.preview);
  if (!request.listed.empty()) {
    auto& listed = object["listed"].emplace_array();
    for (const auto& [code, name] : request.listed) listed.push_back(json::array{code, name});
  }
  if (!request.districts.empty()) object["districts"] = request.districts;
  if (request.dry_run) object["dry_run"] = true;
  if (request.probe) object["probe"] = *request.probe;
  return json::serialize(object);
}

std::string to_json(const AdminAnswer& answer) {
  return json::serialize(json::object{{"exit_code", answer.exit_code},
                                      {"data", answer.data},
                                      {"note", answer.note},
                                      {"json", answer.json}});
}

Result<AdminRequest> read_request(std::string_view json) { return read<AdminRequest>(json); }
Result<AdminAnswer> read_answer(std::string_view json) { return read<AdminAnswer>(json); }

}  // namespace noroshi::admin
