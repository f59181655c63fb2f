#include "hub/alarms/alarm_json.hpp"

#include <boost/json/array.hpp>

#include "hub/alarms/sentence.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::alarms {
namespace {

boost::json::value time_of(const std::optional<std::int64_t>& ms) {
  if (!ms) return nullptr;
  return boost::json::value(cap::cap_datetime(*ms));
}

}  // namespace

std::string_view name_of(Alarm::State state) {
  if (state == Alarm::State::standing) return "standing";
  return state == Alarm::State::acknowledged ? "acknowledged" : "cleared";
}

boost::json::object json_of(const Alarm& alarm) {
  const auto& raised = alarm.raised;
  const auto& names = raised.subscribers();
  return {{"id", raised.id()},
          {"kind", raised.kind()},
          {"state", name_of(alarm.state())},
          {"raised_at", cap::cap_datetime(alarm.at_ms)},
          {"entry", alarm.entry},
          {"publisher", raised.publisher()},
          {"sequence", raised.sequence()},
          {"drill", raised.drill()},
          {"missing", raised.missing()},
          {"subscribers", boost::json::array(names.begin(), names.end())},
          {"detail", raised.detail()},
          {"text",
           {{"ja", sentence(alarm, terminal::Language::japanese)},
            {"en", sentence(alarm, terminal::Language::english)}}},
          {"acknowledged_at", time_of(alarm.acknowledged_ms)},
          {"acknowledged_by", alarm.acknowledged_by},
          {"cleared_at", time_of(alarm.cleared_ms)}};
}

}  // namespace noroshi::alarms
