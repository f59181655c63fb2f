#include "hub/api/health.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>
#include <vector>

#include "hub/api/times.hpp"

namespace noroshi::api {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Families {
 public:
  void counter(std::string name, std::string help, double value) {
    auto& metric = add(std::move(name), std::move(help), MetricType::Counter);
    metric.counter.value = value;
  }
  void gauge(std::string name, std::string help, double value) {
    auto& metric = add(std::move(name), std::move(help), MetricType::Gauge);
    metric.gauge.value = value;
  }
  void counters(std::string name, std::string help, const std::string& label,
                const std::map<std::string, std::uint64_t>& values) {
    MetricFamily family{"noroshi_" + name, help, MetricType::Counter, {}};
    for (const auto& [key, value] : values) {
      ClientMetric metric;
      metric.label.push_back({label, key});
      metric.counter.value = static_cast<double>(value);
      family.metric.push_back(std::move(metric));
    }
    families_.push_back(std::move(family));
  }
  void durations(std::string name, std::string help, const Durations& durations) {
    auto& metric = add(std::move(name), std::move(help), MetricType::Histogram);
    for (std::size_t i = 0; i < Durations::bounds.size(); ++i)
      metric.histogram.bucket.push_back({durations.below()[i], Durations::bounds[i]});
    metric.histogram.sample_count = durations.count();
    metric.histogram.sample_sum = durations.sum();
  }
  [[nodiscard]] std::string text() const {
    return prometheus::TextSerializer().Serialize(families_);
  }

 private:
  ClientMetric& add(std::string name, std::string help, MetricType type) {
    families_.push_back({"noroshi_" + std::move(name), std::move(help), type, {ClientMetric{}}});
    return families_.back().metric.front();
  }
  std::vector<MetricFamily> families_;
};

wire::Response plain(int status, std::string body) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

constexpr std::int64_t day_ms = 86'400'000;

double number(std::uint64_t value) { return static_cast<double>(value); }

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
  const auto fanout = rooms_.fanout.totals();
  const auto& meters = rooms_.meters;
  Families families;
  families.counter("alerts_accepted_total", "Alerts made durable.", number(meters.accepted));
  families.counter("alerts_known_total", "Submissions answered as accepted before.",
                   number(meters.known));
  families.counters("alerts_refused_total", "Submissions refused, by problem code.", "code",
                    meters.refused);
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
  families.gauge("journal_head_sequence", "Sequence of the last entry.", number(journal.head));
  families.gauge("journal_queue_entries", "Proposals waiting for a commit.",
                 number(journal.queued));
  families.counter("journal_commits_total", "Commits.", number(journal.commits));
  families.counter("journal_entries_total", "Entries written since start.",
                   number(journal.entries));
  families.gauge("subscribers_connected", "Streams attached now.", number(fanout.connected));
  families.gauge("subscribers_lagging", "Streams fed from the journal.", number(fanout.lagging));
  families.gauge("subscribers_stalled", "Streams whose acknowledgements stand still.",
                 number(fanout.stalled));
  families.counter("deliveries_total", "Alerts sent to streams.", number(fanout.deliveries));
  families.counter("passed_total", "Passed sent in place of an alert.", number(fanout.passed));
  families.counter("streams_replaced_total", "Streams replaced by a newer one.",
                   number(fanout.replaced));
  families.counter("rolled_back_total", "Subscribers that were ahead of the log.",
                   number(fanout.rolled_back));
  return families.text();
}

std::string Health::status_json() const {
  const auto journal = rooms_.journal.gauges();
  const auto fanout = rooms_.fanout.totals();
  const boost::json::object body{
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
      {"subscribers", rooms_.identity.registry().subscribers().size()},
      {"subscribers_connected", fanout.connected},
      {"subscribers_lagging", fanout.lagging},
      {"subscribers_stalled", fanout.stalled},
      {"deliveries", fanout.deliveries},
      {"passed", fanout.passed}};
  return boost::json::serialize(body);
}

}  // namespace noroshi::api
