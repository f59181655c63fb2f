#include "hub/api/webhooks_shown.hpp"

namespace noroshi::api {
namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }

}  // namespace

void describe_webhooks(Families& families, const WebhookFigures& figures) {
  const auto calls = figures.webhooks.gauges();
  families.gauge("webhooks_in_flight", "Calls of webhooks under way.", number(calls.at_once));
  families.gauge("webhooks_waiting", "Calls that wait for a place.", number(calls.waiting));
  families.gauge("webhook_connections_idle", "Connections to endpoints kept for the next call.",
                 number(calls.connections));
  families.counter("webhooks_taken_total", "Webhooks answered with 2xx.", number(calls.taken));
  families.counter("webhook_attempts_failed_total", "Calls that were not.", number(calls.failed));
  families.gauge("webhooks_dead", "Webhooks given up and not replayed.",
                 number(figures.letters.dead()));
}

boost::json::object webhooks_json(const WebhookFigures& figures) {
  const auto calls = figures.webhooks.gauges();
  return {{"in_flight", calls.at_once},
          {"waiting", calls.waiting},
          {"taken", calls.taken},
          {"failed_attempts", calls.failed},
          {"dead", figures.letters.dead()}};
}

}  // namespace noroshi::api
