#include "hub/api/alarms_shown.hpp"

#include <string>
#include <vector>

#include "hub/alarms/kinds.hpp"

namespace noroshi::api {
namespace {

using prometheus::MetricType;
using Values = std::vector<Families::Labelled>;

// A row for every kind there is, so that a rule can be written before the first alarm.
Values standing_by_kind(const alarms::Standing& standing) {
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const auto kind : config::alarm_kinds)
    for (const auto* state : {"standing", "acknowledged"}) counts[{std::string(kind), state}] = 0;
  for (const auto& [id, alarm] : standing.all())
    ++counts[{alarm.raised.kind(), alarm.acknowledged_ms ? "acknowledged" : "standing"}];
  Values values;
  for (const auto& [labels, count] : counts)
    values.push_back({{{"kind", labels.first}, {"state", labels.second}}, count});
  return values;
}

Values deadlines(const alarms::WatcherCounts& counts) {
  Values values;
  const auto add = [&](const char* outcome, const auto& by_kind) {
    for (const auto& [kind, count] : by_kind)
      values.push_back({{{"kind", kind}, {"outcome", outcome}}, count});
  };
  add("kept", counts.kept);
  add("missed", counts.missed);
  return values;
}

Values receipts(const ReceiptMeters& meters) {
  Values values;
  for (const auto& [labels, count] : meters.recorded)
    values.push_back({{{"state", labels.first}, {"medium", labels.second}}, count});
  return values;
}

Values acknowledgements(const ReceiptMeters& meters) {
  Values values;
  for (std::size_t outlet = 0; outlet < delivery::outlets; ++outlet)
    values.push_back({{{"outlet", std::string(delivery::outlet_names[outlet])}},
                      meters.acknowledgements[outlet]});
  return values;
}

}  // namespace

void describe_alarms(Families& families, const Rooms& rooms) {
  const auto& watch = rooms.alarms;
  families.labelled(MetricType::Gauge, "alarms", "Alarms that stand, by kind.",
                    standing_by_kind(watch.alarms()));
  families.labelled(MetricType::Counter, "deadlines_total",
                    "Deadlines of alerts that came, by whether everybody had reached the step.",
                    deadlines(watch.watcher().counts()));
  families.labelled(MetricType::Counter, "alarm_notifications_total",
                    "Notifications of alarms, by outcome.",
                    {{{{"outcome", "told"}}, watch.notifications().told},
                     {{{"outcome", "failed"}}, watch.notifications().failed}});
  families.labelled(MetricType::Counter, "receipts_recorded_total",
                    "What subscribers reported of alerts on their media.",
                    receipts(rooms.meters.receipts));
  families.labelled(MetricType::Counter, "receipts_declined_total",
                    "Reports that will never be recorded.",
                    {{{}, rooms.fanout.totals().receipts_declined}});
  families.labelled(MetricType::Counter, "acknowledgements_recorded_total",
                    "Acknowledgements in the log, by outlet.",
                    acknowledgements(rooms.meters.receipts));
}

}  // namespace noroshi::api
