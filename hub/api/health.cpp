#include "hub/api/health.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hub/api/alarms_shown.hpp"
#include "hub/api/families.hpp"
#include "hub/api/limits_shown.hpp"
#include "hub/api/probe_rounds.hpp"
#include "hub/api/process.hpp"
#include "hub/api/times.hpp"

namespace noroshi::api {
namespace {

using prometheus::MetricType;

wire::Response plain(int status, std::string body) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

constexpr std::int64_t day_ms = 86'400'000;

using Doors = std::vector<std::pair<std::string, transport::DoorGauges>>;

// One family with a row for each door and each of its states or reasons.
using Row = std::pair<const char*, std::uint64_t>;
void by_door(Families& families, MetricType type, const std::string& name, const std::string& help,
             const char* label, const Doors& doors,
             const std::function<std::vector<Row>(const transport::DoorGauges&)>& rows) {
  std::vector<Families::Labelled> values;
  for (const auto& [door, gauges] : doors)
    for (const auto& [what, value] : rows(gauges))
      values.push_back({{{"door", door}, {label, what}}, value});
  families.labelled(type, name, help, values);
}

std::vector<Row> states_of(const transport::DoorGauges& door) {
  return {{"handshaking", door.handshaking},
          {"reading", door.reading},
          {"handling", door.handling},
          {"answering", door.answering},
          {"closing", door.closing}};
}

std::vector<Row> refusals_of(const transport::DoorGauges& door) {
  return {{"strangers", door.refused_strangers},
          {"descriptors", door.refused_descriptors},
          {"identity", door.refused_identity}};
}

std::vector<Row> handshakes_of(const transport::DoorGauges& door) {
  return {{"done", door.handshakes.done},
          {"slow", door.handshakes.slow},
          {"ended", door.handshakes.ended},
          {"failed", door.handshakes.failed},
          {"cancelled", door.handshakes.cancelled}};
}

std::vector<Row> strangers_of(const transport::DoorGauges& door) {
  return {{"evicted", door.evicted}, {"pauses", door.pauses}};
}

void describe_doors(Families& families, const Doors& doors) {
  using enum MetricType;
  by_door(families, Gauge, "connections", "Connections at the doors now, by state.", "state", doors,
          states_of);
  by_door(families, Gauge, "connections_strangers", "Of these, who has not shown who they are.",
          "state", doors, [](const auto& door) {
            return std::vector<Row>{{"unknown", door.strangers}};
          });
  by_door(families, Counter, "connections_refused_total", "Connections refused, by the limit.",
          "limit", doors, refusals_of);
  by_door(families, Counter, "connections_relieved_total",
          "Strangers closed to make room, and pauses in accepting.", "what", doors, strangers_of);
  by_door(families, Counter, "handshakes_total", "TLS handshakes ended, by how.", "ending", doors,
          handshakes_of);
}

void describe_process(Families& families, const ProcessGauges& process) {
  families.labelled(MetricType::Gauge, "process_resident_bytes", "Memory of this process.",
                    {{{}, process.resident_bytes}});
  families.labelled(MetricType::Gauge, "process_descriptors", "Open descriptors.",
                    {{{}, process.descriptors}});
  families.labelled(MetricType::Gauge, "process_descriptors_limit", "Descriptors there may be.",
                    {{{}, process.descriptors_max}});
}

boost::json::object object_of(const std::vector<Row>& rows) {
  boost::json::object object;
  for (const auto& [name, value] : rows) object[name] = value;
  return object;
}

boost::json::object object_of(const transport::DoorGauges& door) {
  auto object = object_of(states_of(door));
  object["strangers"] = door.strangers;
  object["accepted"] = door.accepted;
  object["evicted"] = door.evicted;
  object["accept_pauses"] = door.pauses;
  object["refused"] = object_of(refusals_of(door));
  object["handshakes"] = object_of(handshakes_of(door));
  return object;
}

double number(std::uint64_t value) { return static_cast<double>(value); }

void describe_delivery(Families& families, const delivery::Fanout::Totals& fanout) {
  families.gauge("subscribers_connected", "Streams attached now.", number(fanout.connected));
  families.gauge("subscribers_lagging", "Streams fed from the journal.", number(fanout.lagging));
  families.gauge("subscribers_stalled", "Streams whose acknowledgements stand still.",
                 number(fanout.stalled));
  families.counter("deliveries_total", "Alerts sent to streams.", number(fanout.deliveries));
  families.counter("passed_total", "Passed sent in place of an alert.", number(fanout.passed));
  families.counter("feed_entries_total", "Alerts in the pages that subscribers fetched.",
                   number(fanout.served));
  families.counter("streams_replaced_total", "Streams replaced by a newer one.",
                   number(fanout.replaced));
  families.counter("rolled_back_total", "Subscribers that were ahead of the log.",
                   number(fanout.rolled_back));
  families.counter("channel_crossings_refused_total",
                   "Alerts held back before a stream of another channel: a bug, and no harm done.",
                   number(fanout.crossings_refused));
  families.gauge("streams_queued_bytes", "Sent to streams and not yet taken by the kernel.",
                 number(fanout.queued_bytes));
  families.gauge("stream_queued_bytes_max", "The same of the stream with the most.",
                 number(fanout.queued_bytes_max));
  families.gauge("ring_bytes", "Recent alerts kept ready to send.", number(fanout.ring_bytes));
  families.counter("catch_up_reads_total", "Ranges read for streams behind the ring.",
                   number(fanout.catch_up_reads));
  std::vector<Families::Labelled> goodbyes;
  for (std::size_t i = 0; i < fanout.goodbyes.size(); ++i)
    goodbyes.push_back({{{"code", std::string(delivery::goodbye_codes[i])}}, fanout.goodbyes[i]});
  families.labelled(MetricType::Counter, "goodbyes_total", "Streams ended by the hub, by reason.",
                    goodbyes);
}

}  // namespace

wire::Response Health::handle(const wire::Request& request) const {
  if (request.method != "GET") return plain(405, "GET only\n");
  if (request.path == "/livez") return plain(200, "ok\n");
  if (request.path == "/readyz") return ready();
  if (request.path == "/metrics")
    return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics()};
  return plain(404, "/livez /readyz /metrics\n");
}

wire::Response Health::ready() const {
  const auto* state = phase_ == Phase::ready      ? "ready"
                      : phase_ == Phase::starting ? "starting"
                                                  : "stopping";
  const boost::json::object body{{"state", state},
                                 {"hub_time", timestamp(rooms_.clock())},
                                 {"head", rooms_.journal.gauges().head}};
  return {phase_ == Phase::ready ? 200 : 503,
          {{"Content-Type", "application/json"}},
          boost::json::serialize(body) + "\n"};
}

std::string Health::metrics() const {
  const auto journal = rooms_.journal.gauges();
  const auto& meters = rooms_.meters;
  Families families;
  families.counter("alerts_accepted_total", "Alerts made durable.", number(meters.accepted));
  families.counter("alerts_known_total", "Submissions answered as accepted before.",
                   number(meters.known));
  families.counters("alerts_refused_total", "Submissions refused, by problem code.", "code",
                    meters.refused);
  families.counter("break_glass_total", "Alerts one officer sent alone that needed two.",
                   number(meters.break_glass));
  families.gauge("drafts_waiting", "Drafts that wait for a second person.",
                 number(rooms_.guards.drafts.waiting_live(rooms_.clock())));
  families.counter("submissions_unavailable_total", "Submissions answered 503.",
                   number(meters.unavailable));
  families.durations("accept_duration_seconds", "From the whole request to its durable answer.",
                     meters.accept);
  families.counter("identity_failures_total", "Requests without a valid identity.",
                   number(meters.identity_failures));
  families.counter("framing_refused_total", "Requests refused for their framing.",
                   number(meters.framing_refused));
  families.counter("connections_accepted_total", "TLS connections taken at the door.",
                   number(door_.gauges().accepted));
  families.counter("mutual_connections_accepted_total", "TLS connections taken at the mutual door.",
                   number(mutual_.gauges().accepted));
  families.counter("client_certificates_refused_total", "Client certificates not taken.",
                   number(meters.certificates_refused));
  families.gauge("hub_certificate_expiry_timestamp_seconds", "When the hub's own certificate ends.",
                 static_cast<double>(certificate_until_ms_) / 1000);
  families.gauge("http_sessions", "Connections speaking HTTP now.",
                 number(door_.gauges().connections() + mutual_.gauges().connections()));
  describe_doors(families, {{"tokens", door_.gauges()},
                            {"certificates", mutual_.gauges()},
                            {"tcp_feed", feed_.gauges()}});
  describe_limits(families, rooms_);
  describe_process(families, process_gauges());
  families.gauge("journal_reads_queue", "Reads waiting for the journal.",
                 number(journal.reads_queued));
  families.counter("journal_reads_total", "Reads served by the journal.", number(journal.reads));
  families.counter("journal_reads_deferred_total", "Reads put off for proposals that waited.",
                   number(journal.reads_deferred));
  families.gauge("journal_head_sequence", "Sequence of the last entry.", number(journal.head));
  families.gauge("journal_queue_entries", "Proposals waiting for a commit.",
                 number(journal.queued));
  families.counter("journal_commits_total", "Commits.", number(journal.commits));
  families.counter("journal_entries_total", "Entries written since start.",
                   number(journal.entries));
  families.counter("tcp_feeds_opened_total", "Connections of the TCP feed.",
                   number(meters.tcp_feeds_opened));
  families.counters("tcp_feeds_refused_total", "Connections of the TCP feed closed at once.",
                    "code", meters.tcp_feeds_refused);
  families.counters("feeds_total", "Pages of feeds asked for, by the answer.", "answer",
                    {{"sent", meters.feeds_sent}, {"unchanged", meters.feeds_unchanged}});
  describe_delivery(families, rooms_.fanout.totals());
  describe_webhooks(families, webhooks_);
  add_probes(families, rooms_.fanout.probes().gauges());
  describe_alarms(families, rooms_);
  return families.text();
}

std::string Health::status_json() const {
  const auto journal = rooms_.journal.gauges();
  const auto fanout = rooms_.fanout.totals();
  boost::json::object body{
      {"state", phase_ == Phase::ready ? "ready" : "stopping"},
      {"environment", rooms_.environment},
      {"epoch", rooms_.epoch},
      {"hub_time", timestamp(rooms_.clock())},
      {"head", journal.head},
      {"journal_queue", journal.queued},
      {"commits", journal.commits},
      {"alerts_accepted", rooms_.meters.accepted},
      {"connections", door_.gauges().connections() + mutual_.gauges().connections()},
      {"certificate_until", timestamp(certificate_until_ms_)},
      {"certificate_days_left", (certificate_until_ms_ - rooms_.clock()) / day_ms},
      {"publishers", rooms_.identity.registry().publishers().size()},
      {"officers", rooms_.identity.registry().officers().size()},
      {"drafts_waiting", rooms_.guards.drafts.waiting_live(rooms_.clock())},
      {"break_glass", rooms_.meters.break_glass},
      {"subscribers", rooms_.identity.registry().subscribers().size()},
      {"subscribers_connected", fanout.connected},
      {"subscribers_lagging", fanout.lagging},
      {"subscribers_stalled", fanout.stalled},
      {"deliveries", fanout.deliveries},
      {"passed", fanout.passed}};
  const auto process = process_gauges();
  body["journal_reads_queue"] = journal.reads_queued;
  body["journal_reads_deferred"] = journal.reads_deferred;
  describe_limits(body, rooms_);
  body["door"] = object_of(door_.gauges());
  body["mutual_door"] = object_of(mutual_.gauges());
  body["tcp_feed_door"] = object_of(feed_.gauges());
  body["feeds_sent"] = rooms_.meters.feeds_sent;
  body["tcp_feeds_opened"] = rooms_.meters.tcp_feeds_opened;
  body["resident_bytes"] = process.resident_bytes;
  body["descriptors"] = process.descriptors;
  body["descriptors_limit"] = process.descriptors_max;
  body["streams_queued_bytes"] = fanout.queued_bytes;
  body["stream_queued_bytes_max"] = fanout.queued_bytes_max;
  body["ring_bytes"] = fanout.ring_bytes;
  body["catch_up_reads"] = fanout.catch_up_reads;
  body["channel_crossings_refused"] = fanout.crossings_refused;
  boost::json::object goodbyes;
  for (std::size_t i = 0; i < fanout.goodbyes.size(); ++i)
    goodbyes[delivery::goodbye_codes[i]] = fanout.goodbyes[i];
  body["goodbyes"] = std::move(goodbyes);
  body["webhooks"] = webhooks_json(webhooks_);
  return boost::json::serialize(body);
}

}  // namespace noroshi::api
