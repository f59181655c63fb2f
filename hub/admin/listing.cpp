#include "hub/admin/listing.hpp"

#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "hub/admin/printable.hpp"
#include "hub/admission/extent.hpp"
#include "hub/config/duration.hpp"
#include "hub/geometry/shape.hpp"
#include "proto/cap/instant.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/signature/verify.hpp"

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

struct KeyFacts {
  std::string algorithm, subject, from, until, sha256;
};

// Of one that can no longer be read, which only a newer hub can have pinned, the fingerprint alone.
KeyFacts facts_of(const v1::SigningKey& key) {
  KeyFacts facts{"-", "-", "-", "-", ""};
  facts.sha256 = hexadecimal(journal::content_hash(key.certificate()));
  const auto read = signature::read_certificate(key.certificate());
  if (!read) return facts;
  facts.algorithm = read->algorithm;
  facts.subject = printable(read->subject);
  facts.from = cap::cap_datetime(read->from_ms);
  facts.until = cap::cap_datetime(read->until_ms);
  return facts;
}

json::object json_of(const v1::SigningKey& key, const KeyFacts& facts) {
  return {{"name", key.name()}, {"algorithm", facts.algorithm}, {"subject", facts.subject},
          {"from", facts.from}, {"until", facts.until},         {"sha256", facts.sha256}};
}

std::string pinned_at(const registry::Publisher& publisher, const v1::SigningKey& key) {
  const auto since = publisher.pinned_ms.find(key.name());
  return since == publisher.pinned_ms.end() ? "-" : cap::cap_datetime(since->second);
}

std::string keys_text(const registry::Publisher& publisher, Language language) {
  std::string text;
  for (const auto& key : publisher.policy.signing_keys()) {
    const auto facts = facts_of(key);
    text += (text.empty() ? "" : ", ") + say(language, Say::key_pinned, key.name(), facts.sha256,
                                             pinned_at(publisher, key), facts.until);
  }
  return text.empty() ? say(language, Say::nothing) : text;
}

json::array keys_json(const registry::Publisher& publisher) {
  json::array keys;
  for (const auto& key : publisher.policy.signing_keys()) {
    auto object = json_of(key, facts_of(key));
    object["pinned_at"] = pinned_at(publisher, key);
    keys.push_back(std::move(object));
  }
  return keys;
}

struct DistrictCount {
  std::size_t registered = 0;
  std::size_t drawn = 0;
};

DistrictCount count(const v1::DistrictsRegistered* districts) {
  DistrictCount count;
  if (districts == nullptr) return count;
  count.registered = static_cast<std::size_t>(districts->districts_size());
  for (const auto& district : districts->districts())
    count.drawn += district.area().empty() ? 0 : 1;
  return count;
}

using DeadlineOfStep = std::pair<std::string_view, std::uint32_t>;
std::vector<DeadlineOfStep> deadlines_of(const registry::Publisher& publisher) {
  const auto& deadlines = publisher.policy.deadlines();
  std::vector<DeadlineOfStep> all;
  for (const auto& one : {DeadlineOfStep{"delivered", deadlines.delivered_s()},
                          DeadlineOfStep{"shown", deadlines.shown_s()},
                          DeadlineOfStep{"withdrawn", deadlines.withdrawn_s()}})
    if (one.second > 0) all.push_back(one);
  return all;
}

std::string deadlines_text(const registry::Publisher& publisher, Language language) {
  std::vector<std::string> all;
  for (const auto& [step, seconds] : deadlines_of(publisher))
    all.push_back(fmt::format("{}={}", step, config::duration_text(std::chrono::seconds(seconds))));
  return joined(all, say(language, Say::nothing));
}

json::object deadlines_json(const registry::Publisher& publisher) {
  json::object object;
  for (const auto& [step, seconds] : deadlines_of(publisher))
    object[json::string_view(step.data(), step.size())] = seconds;
  return object;
}

std::string marks_of(const registry::Publisher& publisher, std::size_t districts) {
  std::vector<std::string> marks;
  const auto& policy = publisher.policy;
  if (policy.two_people()) marks.emplace_back("two-people");
  if (policy.signature_required()) marks.emplace_back("signature-required");
  if (policy.profile_required()) marks.emplace_back("profile-required");
  if (policy.signing_keys_size() > 0)
    marks.push_back(fmt::format("keys:{}", policy.signing_keys_size()));
  if (!publisher.proxies.empty())
    marks.push_back(fmt::format("proxies:{}", publisher.proxies.size()));
  if (publisher.territory != nullptr) marks.emplace_back("territory");
  if (publisher.policy.has_deadlines()) marks.emplace_back("deadlines");
  if (districts > 0) marks.push_back(fmt::format("districts:{}", districts));
  return joined(marks, "-");
}

struct PolygonSize {
  std::size_t points = 0;
  double square_kilometers = 0;
};

// Nothing when there is none; without size when it can no longer be read.
std::optional<PolygonSize> size_of(const std::shared_ptr<const std::string>& polygon) {
  if (polygon == nullptr) return std::nullopt;
  PolygonSize size;
  if (const auto area = geometry::area_from_wkb(*polygon))
    size.points = geometry::count_points(*area);
  if (const auto extent = admission::extent_of(*polygon))
    size.square_kilometers = extent->square_kilometers;
  return size;
}

json::value json_of(const std::optional<PolygonSize>& size) {
  if (!size) return nullptr;
  return {{"points", size->points}, {"square_kilometers", size->square_kilometers}};
}

std::string details(const Lines& lines, Language language) {
  std::string text;
  for (const auto& [label, value] : lines) {
    text += fmt::format("{}: {}\n", sentence(language, label), value);
  }
  return text;
}

}  // namespace

Shown show(const v1::SigningKey& key) {
  const auto facts = facts_of(key);
  return {fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", key.name(), facts.algorithm, facts.subject,
                      facts.from, facts.until, facts.sha256),
          "", json::serialize(json_of(key, facts)) + "\n"};
}

Shown show(const registry::Publisher& publisher, const v1::DistrictsRegistered* districts,
           Language language) {
  const bool territory = publisher.territory != nullptr;
  const auto [registered, drawn] = count(districts);
  const auto name = printable(publisher.name);
  const auto areas = joined(publisher.areas, "-");
  const auto standing =
      say(language, publisher.suspended ? Say::state_suspended : Say::state_active);
  const auto yes_or_no = [&](bool is) { return say(language, is ? Say::yes : Say::no); };
  const json::object object{
      {"code", publisher.code},
      {"name", publisher.name},
      {"senders", array(publisher.senders)},
      {"areas", array(publisher.areas)},
      {"events", array(publisher.events)},
      {"territory", territory},
      {"districts", json::object{{"registered", registered}, {"drawn", drawn}}},
      {"proxies", proxies_json(publisher)},
      {"profile_required", publisher.policy.profile_required()},
      {"two_people", publisher.policy.two_people()},
      {"signature_required", publisher.policy.signature_required()},
      {"signing_keys", keys_json(publisher)},
      {"deadlines", deadlines_json(publisher)},
      {"suspended", publisher.suspended}};
  return {
      fmt::format("{}\t{}\t{}\t{}\t{}\n", publisher.code, name, areas, standing,
                  marks_of(publisher, registered)),
      details({{Say::label_code, publisher.code},
               {Say::label_name, name},
               {Say::label_senders, joined(publisher.senders, "-")},
               {Say::label_areas, areas},
               {Say::label_events, joined(publisher.events, say(language, Say::anything))},
               {Say::label_territory,
                say(language, territory ? Say::territory_registered : Say::nothing)},
               {Say::label_districts, registered == 0
                                          ? say(language, Say::nothing)
                                          : say(language, Say::districts_count, registered, drawn)},
               {Say::label_proxies, proxies_text(publisher, language)},
               {Say::label_policy,
                publisher.policy.profile_required() ? say(language, Say::profile_required) : "-"},
               {Say::label_two_people, yes_or_no(publisher.policy.two_people())},
               {Say::label_signature, yes_or_no(publisher.policy.signature_required())},
               {Say::label_keys, keys_text(publisher, language)},
               {Say::label_deadlines, deadlines_text(publisher, language)},
               {Say::label_state, standing}},
              language),
      json::serialize(object) + "\n"};
}

Shown show(const registry::Subscriber& subscriber, Language language) {
  const auto& current = subscriber.current();
  const auto name = printable(subscriber.name);
  const auto areas = joined(current.areas, "-");
  const auto events = joined(current.events, "*");
  const auto polygon = size_of(subscriber.polygon);
  const auto standing = say(language, current.suspended ? Say::state_suspended : Say::state_active);
  const json::object object{{"id", subscriber.id},
                            {"name", subscriber.name},
                            {"areas", array(current.areas)},
                            {"events", array(current.events)},
                            {"min_level", current.min_level},
                            {"outlets", array(subscriber.outlets)},
                            {"polygon", json_of(polygon)},
                            {"language", subscriber.language},
                            {"suspended", current.suspended}};
  return {fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", subscriber.id, name, areas, events,
                      current.min_level, standing),
          details({{Say::label_id, subscriber.id},
                   {Say::label_name, name},
                   {Say::label_areas, areas},
                   {Say::label_events, events},
                   {Say::label_min_level, std::to_string(current.min_level)},
                   {Say::label_outlets, joined(subscriber.outlets, "-")},
                   {Say::label_polygon, polygon ? say(language, Say::polygon_size, polygon->points,
                                                      polygon->square_kilometers)
                                                : say(language, Say::anything)},
                   {Say::label_language, subscriber.language.empty() ? say(language, Say::anything)
                                                                     : subscriber.language},
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
