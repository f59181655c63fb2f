#include "hub/api/alert_json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "hub/api/times.hpp"

namespace noroshi::api {
namespace {

template <class Values>
boost::json::array array_of(const Values& values) {
  boost::json::array array;
  for (const auto& value : values) array.emplace_back(value);
  return array;
}

// Null when the publisher sent it itself.
boost::json::value typed_by(const v1::AlertAccepted& alert) {
  if (alert.typed_by().empty()) return nullptr;
  return boost::json::value(alert.typed_by());
}

// When the mayor decided what it says, by the earliest line; null where no line says so.
boost::json::value decided_at(const v1::AlertAccepted& alert) {
  std::optional<std::int64_t> earliest;
  for (const auto& line : alert.lines())
    if (line.has_onset_ms())
      earliest = std::min(earliest.value_or(line.onset_ms()), line.onset_ms());
  if (!earliest) return nullptr;
  return boost::json::value(timestamp(*earliest));
}

}  // namespace

boost::json::object receipt_json(const journal::Stored& stored, std::uint64_t epoch) {
  const auto& alert = stored.entry.body().alert_accepted();
  boost::json::object json{{"id", alert.summary().identifier()},
                           {"sequence", stored.sequence},
                           {"epoch", epoch},
                           {"accepted_at", timestamp(stored.entry.at_ms())},
                           {"channel", alert.channel()},
                           {"subscribers", alert.subscribers()}};
  if (alert.summary().flags_size() > 0) json["flags"] = array_of(alert.summary().flags());
  return json;
}

boost::json::object alert_json(journal::Sequence sequence, std::int64_t at_ms,
                               const v1::AlertAccepted& alert) {
  const auto& summary = alert.summary();
  boost::json::object json{{"sequence", sequence},
                           {"accepted_at", timestamp(at_ms)},
                           {"channel", alert.channel()},
                           {"publisher", alert.publisher()},
                           {"typed_by", typed_by(alert)},
                           {"sender", summary.sender()},
                           {"identifier", summary.identifier()},
                           {"sent", alert.sent()},
                           {"status", summary.status()},
                           {"message_type", summary.message_type()},
                           {"document", summary.document()},
                           {"revision", summary.revision()},
                           {"update_kind", alert.update_kind()},
                           {"decided_at", decided_at(alert)},
                           {"event", summary.event()},
                           {"level", nullptr},
                           {"headline", summary.headline()},
                           {"area_codes", array_of(summary.area_codes())},
                           {"referenced_sequences", array_of(summary.referenced_sequences())},
                           {"unknown_references", array_of(alert.unknown_references())},
                           {"expires_at", nullptr},
                           {"subscribers", alert.subscribers()},
                           {"signed_by", alert.signed_by()},
                           {"warnings", array_of(alert.warnings())},
                           {"flags", array_of(summary.flags())}};
  if (summary.level() > 0) json["level"] = summary.level();
  if (alert.has_expires_ms()) json["expires_at"] = timestamp(alert.expires_ms());
  return json;
}

std::string full_alert_json(const journal::Stored& stored, std::string_view reading) {
  auto json = boost::json::serialize(
      alert_json(stored.sequence, stored.entry.at_ms(), stored.entry.body().alert_accepted()));
  if (reading.empty()) return json;
  json.back() = ',';  // was the end of the object
  return json.append("\"reading\":").append(reading).append("}");
}

boost::json::object listed_json(const view::Listed& listed) {
  auto json = alert_json(listed.sequence, listed.at_ms, listed.alert);
  json["superseded_by"] = nullptr;
  json["cancelled_by"] = nullptr;
  if (listed.superseded_by) json["superseded_by"] = *listed.superseded_by;
  if (listed.cancelled_by) json["cancelled_by"] = *listed.cancelled_by;
  return json;
}

}  // namespace noroshi::api
