#include "hub/admin/listing.hpp"

#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "hub/admin/printable.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using Lines = std::vector<std::pair<Say, std::string>>;

// An empty list of events or areas reads as what it means.
std::string joined(const std::vector<std::string>& values, std::string_view when_empty) {
  if (values.empty()) return std::string(when_empty);
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ",") + printable(value);
  return text;
}

json::array array(const std::vector<std::string>& values) {
  return json::array(values.begin(), values.end());
}

std::string proxies_text(const registry::Publisher& publisher, Language language) {
  std::string text;
  for (const auto& right : publisher.proxies)
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", right.publisher,
                        cap::cap_datetime(right.until_ms));
  return text.empty() ? say(language, Say::nothing) : text;
}

json::array proxies_json(const registry::Publisher& publisher) {
  json::array proxies;
  for (const auto& right : publisher.proxies)
    proxies.push_back(
        json::object{{"publisher", right.publisher}, {"until", cap::cap_datetime(right.until_ms)}});
  return proxies;
}

std::string details(const Lines& lines, Language language) {
  std::string text;
  for (const auto& [label, value] : lines) {
    text += fmt::format("{}: {}\n", sentence(language, label), value);
  }
  return text;
}

}  // namespace

Shown show(const registry::Publisher& publisher, Language language) {
  const bool territory = publisher.territory != nullptr;
  const auto name = printable(publisher.name);
  const auto areas = joined(publisher.areas, "-");
  const auto standing =
      say(language, publisher.suspended ? Say::state_suspended : Say::state_active);
  const json::object object{{"code", publisher.code},
                            {"name", publisher.name},
                            {"senders", array(publisher.senders)},
                            {"areas", array(publisher.areas)},
                            {"events", array(publisher.events)},
                            {"territory", territory},
                            {"proxies", proxies_json(publisher)},
                            {"profile_required", publisher.policy.profile_required()},
                            {"two_people", publisher.policy.two_people()},
                            {"suspended", publisher.suspended}};
  return {
      fmt::format("{}\t{}\t{}\t{}\n", publisher.code, name, areas, standing),
      details({{Say::label_code, publisher.code},
               {Say::label_name, name},
               {Say::label_senders, joined(publisher.senders, "-")},
               {Say::label_areas, areas},
               {Say::label_events, joined(publisher.events, say(language, Say::anything))},
               {Say::label_territory,
                say(language, territory ? Say::territory_registered : Say::nothing)},
               {Say::label_proxies, proxies_text(publisher, language)},
               {Say::label_policy,
                publisher.policy.profile_required() ? say(language, Say::profile_required) : "-"},
               {Say::label_two_people,
                say(language, publisher.policy.two_people() ? Say::yes : Say::no)},
               {Say::label_state, standing}},
              language),
      json::serialize(object) + "\n"};
}

Shown show(const registry::Subscriber& subscriber, Language language) {
  const auto& current = subscriber.current();
  const auto name = printable(subscriber.name);
  const auto areas = joined(current.areas, "-");
  const auto events = joined(current.events, "*");
  const auto standing = say(language, current.suspended ? Say::state_suspended : Say::state_active);
  const json::object object{{"id", subscriber.id},
                            {"name", subscriber.name},
                            {"areas", array(current.areas)},
                            {"events", array(current.events)},
                            {"min_level", current.min_level},
                            {"outlets", array(subscriber.outlets)},
                            {"suspended", current.suspended}};
  return {fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", subscriber.id, name, areas, events,
                      current.min_level, standing),
          details({{Say::label_id, subscriber.id},
                   {Say::label_name, name},
                   {Say::label_areas, areas},
                   {Say::label_events, events},
                   {Say::label_min_level, std::to_string(current.min_level)},
                   {Say::label_outlets, joined(subscriber.outlets, "-")},
                   {Say::label_state, standing}},
                  language),
          json::serialize(object) + "\n"};
}

Shown show(const registry::Officer& officer, Language language) {
  const auto roles = joined(officer.roles, "-");
  const auto standing = say(language, officer.suspended ? Say::state_suspended : Say::state_active);
  const json::object object{{"login", officer.login},
                            {"publisher", officer.publisher},
                            {"roles", array(officer.roles)},
                            {"suspended", officer.suspended}};
  return {fmt::format("{}\t{}\t{}\t{}\n", officer.login, officer.publisher, roles, standing),
          details({{Say::label_login, officer.login},
                   {Say::label_publisher, officer.publisher},
                   {Say::label_roles, roles},
                   {Say::label_state, standing}},
                  language),
          json::serialize(object) + "\n"};
}

}  // namespace noroshi::admin
