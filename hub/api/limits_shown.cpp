#include "hub/api/limits_shown.hpp"

#include <string>
#include <utility>
#include <vector>

namespace noroshi::api {
namespace {

using prometheus::MetricType;
using Row = std::pair<const char*, std::uint64_t>;

std::vector<Row> limited_of(const Limits& limits) {
  using Kind = Limits::Kind;
  return {{"alerts", limits.refused(Kind::alert)},
          {"reads", limits.refused(Kind::read)},
          {"streams", limits.refused(Kind::stream)},
          {"failures", limits.refused(Kind::failure)}};
}

std::vector<Row> busy_of(const Rooms& rooms) {
  const auto& limits = rooms.limits;
  return {{"reads", limits.reads_refused()},
          {"streams", limits.streams_refused()},
          {"documents", limits.documents().refused()},
          {"answers", limits.answers().refused()},
          {"readings", rooms.readings.gauges().readings_refused}};
}

std::vector<Families::Labelled> labelled(const char* label, const std::vector<Row>& rows) {
  std::vector<Families::Labelled> values;
  for (const auto& [name, value] : rows) values.push_back({{{label, name}}, value});
  return values;
}

boost::json::object object_of(const std::vector<Row>& rows) {
  boost::json::object object;
  for (const auto& [name, value] : rows) object[name] = value;
  return object;
}

}  // namespace

void describe_limits(Families& families, const Rooms& rooms) {
  using enum MetricType;
  const auto gauge = [&](const char* name, const char* help, std::uint64_t value) {
    families.labelled(Gauge, name, help, {{{}, value}});
  };
  families.labelled(Counter, "rate_limited_total", "Requests answered 429 for their rate, by kind.",
                    labelled("kind", limited_of(rooms.limits)));
  families.labelled(Counter, "busy_total", "Requests answered hub.busy, by kind.",
                    labelled("kind", busy_of(rooms)));
  gauge("reads_in_handling", "Reads in handling now.", rooms.limits.reads());
  gauge("documents_bytes", "Of large documents, from their header until they are answered.",
        rooms.limits.documents().bytes());
  gauge("answers_unsent_bytes", "Of large answers, until the kernel has taken them.",
        rooms.limits.answers().bytes());
  gauge("examinations_queue", "Large documents with a worker or waiting for one.",
        rooms.meters.examining);
  const auto readings = rooms.readings.gauges();
  families.labelled(
      Gauge, "readings_queue", "Documents waiting to be read for JSON, by what for.",
      labelled("what", {{"deliveries", readings.deliveries}, {"readings", readings.readings}}));
  gauge("readings_queue_bytes", "Of these documents.", readings.bytes);
}

void describe_limits(boost::json::object& status, const Rooms& rooms) {
  const auto readings = rooms.readings.gauges();
  status["reads_in_handling"] = rooms.limits.reads();
  status["documents_bytes"] = rooms.limits.documents().bytes();
  status["answers_unsent_bytes"] = rooms.limits.answers().bytes();
  status["examinations_queue"] = rooms.meters.examining;
  status["readings_queue"] =
      object_of({{"deliveries", readings.deliveries}, {"readings", readings.readings}});
  status["readings_queue_bytes"] = readings.bytes;
  status["rate_limited"] = object_of(limited_of(rooms.limits));
  status["refused_busy"] = object_of(busy_of(rooms));
}

}  // namespace noroshi::api
