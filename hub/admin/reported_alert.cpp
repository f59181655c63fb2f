#include "hub/admin/reported_alert.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using journal::Sequence;
using view::Medium;
using view::Rung;

// In the order of the enumerations.
constexpr std::array<std::string_view, 7> rung_states{
    "queued", "delivered", "shown", "replaced", "withdrawn", "passed", "refused"};
constexpr std::array<std::string_view, 3> stored_states{"no", "delivered", "passed"};
constexpr std::array<std::string_view, 4> told_medium_states{"shown", "replaced", "withdrawn",
                                                             "refused"};
constexpr std::array<std::string_view, 3> earlier_states{"never_shown", "shown", "withdrawn"};

template <class Names, class Value>
std::string_view state_name(const Names& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

template <class Value, class Names>
Value state_in(const Names& names, const json::value& name) {
  const auto found = std::find(names.begin(), names.end(), std::string_view(name.as_string()));
  if (found == names.end()) throw std::invalid_argument("state");
  return static_cast<Value>(found - names.begin());
}

json::object object_of(const Medium& medium) {
  return {{"name", medium.name},         {"state", state_name(told_medium_states, medium.state)},
          {"shown_ms", medium.shown_ms}, {"at_ms", medium.at_ms},
          {"detail", medium.detail},     {"recorded_ms", medium.recorded_ms}};
}

json::object object_of(const Rung& rung) {
  json::array media;
  for (const auto& medium : rung.media) media.push_back(object_of(medium));
  return {{"subscriber", rung.subscriber},
          {"name", rung.name},
          {"state", state_name(rung_states, rung.state)},
          {"stored", state_name(stored_states, rung.stored)},
          {"at_ms", rung.at_ms},
          {"earlier", state_name(earlier_states, rung.earlier)},
          {"media", std::move(media)}};
}

std::string told_text(const json::object& object, const char* name) {
  return std::string(object.at(name).as_string());
}

template <class Number>
Number told_number(const json::object& object, const char* name) {
  return object.at(name).to_number<Number>();
}

Medium medium_in(const json::object& object) {
  Medium medium;
  medium.name = told_text(object, "name");
  medium.state = state_in<Medium::State>(told_medium_states, object.at("state"));
  medium.shown_ms = told_number<std::int64_t>(object, "shown_ms");
  medium.at_ms = told_number<std::int64_t>(object, "at_ms");
  medium.recorded_ms = told_number<std::int64_t>(object, "recorded_ms");
  medium.detail = told_text(object, "detail");
  return medium;
}

Rung rung_in(const json::object& object) {
  Rung rung{told_text(object, "subscriber"), told_text(object, "name")};
  rung.state = state_in<Rung::State>(rung_states, object.at("state"));
  rung.stored = state_in<Rung::Stored>(stored_states, object.at("stored"));
  rung.at_ms = told_number<std::int64_t>(object, "at_ms");
  rung.earlier = state_in<Rung::Earlier>(earlier_states, object.at("earlier"));
  for (const auto& medium : object.at("media").as_array())
    rung.media.push_back(medium_in(medium.as_object()));
  return rung;
}

std::optional<Sequence> sequence_or_nothing(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  return value.to_number<Sequence>();
}

ReportedLadder ladder_in(const json::object& object) {
  ReportedLadder ladder;
  ladder.epoch = told_number<std::uint64_t>(object, "epoch");
  ladder.environment = told_text(object, "environment");
  ladder.sequence = told_number<Sequence>(object, "sequence");
  ladder.publisher_name = told_text(object, "publisher_name");
  ladder.superseded_by = sequence_or_nothing(object.at("superseded_by"));
  ladder.cancelled_by = sequence_or_nothing(object.at("cancelled_by"));
  for (const auto& each : object.at("refers_to").as_array())
    ladder.refers_to.push_back(each.to_number<Sequence>());
  for (const auto& rung : object.at("rungs").as_array())
    ladder.rungs.push_back(rung_in(rung.as_object()));
  return ladder;
}

}  // namespace

AdminAnswer reported(const journal::Head& head, const registry::Registry& registry,
                     const view::Ladder& ladder) {
  const auto* publisher = registry.publisher(ladder.alert.alert.publisher());
  json::object object{{"epoch", head.epoch},
                      {"environment", head.environment},
                      {"sequence", ladder.alert.sequence},
                      {"publisher_name", publisher == nullptr ? "" : publisher->name},
                      {"superseded_by", nullptr},
                      {"cancelled_by", nullptr},
                      {"refers_to", json::array(ladder.refers_to.begin(), ladder.refers_to.end())}};
  if (ladder.alert.superseded_by) object["superseded_by"] = *ladder.alert.superseded_by;
  if (ladder.alert.cancelled_by) object["cancelled_by"] = *ladder.alert.cancelled_by;
  json::array rungs;
  for (const auto& rung : ladder.rungs) rungs.push_back(object_of(rung));
  object["rungs"] = std::move(rungs);
  AdminAnswer answer;
  answer.json = json::serialize(object) + "\n";
  return answer;
}

std::optional<ReportedLadder> reported_ladder_in(const std::string& text) {
  try {
    return ladder_in(json::parse(text).as_object());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace noroshi::admin
