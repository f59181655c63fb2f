#include "hub/admin/alarm_verbs.hpp"

#include <boost/json.hpp>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/alarms/alarm_json.hpp"
#include "hub/alarms/sentence.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using alarms::Alarm;
using Action = AdminRequest::Action;

constexpr std::size_t by_bytes_max = 64;

Administration refused(ErrorCode code, std::string detail) {
  return {{}, answer_of({code, std::move(detail)})};
}

std::string json_line(const Alarm& alarm) { return json::serialize(alarms::json_of(alarm)) + "\n"; }

std::string state_word(Alarm::State state, Language language) {
  if (state == Alarm::State::cleared) return say(language, Say::alarm_state_cleared);
  return say(language, state == Alarm::State::standing ? Say::alarm_state_standing
                                                       : Say::alarm_state_acknowledged);
}

std::string row_of(const Alarm& alarm, Language language) {
  return fmt::format("{}\t{}\t{}\t{}\n", alarm.raised.id(), state_word(alarm.state(), language),
                     cap::cap_datetime(alarm.at_ms), alarms::sentence(alarm, language));
}

// The one that stands, or the last of that id that is over.
const Alarm* find(const alarms::Standing& all, const std::string& id) {
  if (const auto* standing = all.find(id)) return standing;
  const Alarm* found = nullptr;
  for (const auto& alarm : all.over())
    if (alarm.raised.id() == id) found = &alarm;
  return found;
}

Administration list(const AdminRequest& request, const alarms::Standing& all) {
  AdminAnswer answer;
  const auto add = [&](const Alarm& alarm) {
    answer.data += row_of(alarm, request.language);
    answer.json += json_line(alarm);
  };
  if (request.alarm->with_over)
    for (const auto& alarm : all.over()) add(alarm);
  for (const auto& [id, alarm] : all.all()) add(alarm);
  if (answer.data.empty()) answer.note = say(request.language, Say::alarm_list_empty);
  return {{}, answer};
}

Administration acknowledge(const AdminRequest& request, const Alarm& alarm) {
  const auto language = request.language;
  const auto& by = request.alarm->by;
  if (by.empty() || by.size() > by_bytes_max || !is_printable(by))
    return refused(ErrorCode::invalid, say(language, Say::request_malformed, "by"));
  if (alarm.state() != Alarm::State::standing)
    return {{},
            {exit_code::ok, "", say(language, Say::alarm_acknowledged_already, request.id),
             json_line(alarm)}};
  Administration administration;
  v1::EntryBody body;
  body.mutable_alarm_acknowledged()->set_id(request.id);
  body.mutable_alarm_acknowledged()->set_by(by);
  administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
  auto acknowledged = alarm;
  acknowledged.acknowledged_by = by;
  acknowledged.acknowledged_ms = request.alarm->now_ms;
  administration.answer = {exit_code::ok, "",
                           say(language, Say::alarm_acknowledged, request.id, by),
                           json_line(acknowledged)};
  return administration;
}

}  // namespace

Administration administer_alarms(const AdminRequest& request, const alarms::Standing& alarms) {
  const auto language = request.language;
  if (!request.alarm)
    return refused(ErrorCode::invalid, say(language, Say::request_malformed, "alarm"));
  if (request.action == Action::list) return list(request, alarms);
  const auto* alarm = find(alarms, request.id);
  if (alarm == nullptr)
    return refused(ErrorCode::not_found, say(language, Say::alarm_unknown, printable(request.id)));
  if (request.action == Action::ack) return acknowledge(request, *alarm);
  if (request.action != Action::show)
    return refused(ErrorCode::invalid, say(language, Say::request_malformed, "action"));
  auto answer = status_answer(json_line(*alarm));
  answer.data = alarms::sentence(*alarm, language) + "\n" + answer.data;
  return {{}, std::move(answer)};
}

AdminAnswer status_with_alarms(std::string_view live_json, const alarms::Standing& alarms,
                               Language language) {
  auto answer = status_answer(live_json);
  auto object = json::parse({live_json.data(), live_json.size()}).as_object();
  auto& listed = object["alarms"].emplace_array();
  for (const auto& [id, alarm] : alarms.all()) {
    listed.push_back(alarms::json_of(alarm));
    answer.data += fmt::format("{}: {}", say(language, Say::label_alarm), row_of(alarm, language));
  }
  answer.json = json::serialize(object) + "\n";
  return answer;
}

}  // namespace noroshi::admin
