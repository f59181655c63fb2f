#include "hub/api/alert_reading.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "hub/api/alert_json.hpp"
#include "hub/api/alert_query.hpp"
#include "hub/api/answers.hpp"
#include "hub/api/media_type.hpp"
#include "proto/cap/document.hpp"

namespace noroshi::api {
namespace {

using journal::Sequence;
using transport::Exchange;

constexpr int retry_after_seconds = 1;

// Parsing the document is not for the journal's thread.
void answer_reading(Rooms& rooms, const Exchange& exchange, const journal::StoredPtr& stored) {
  const bool queued =
      rooms.readings.reading(stored, [exchange, stored](const std::string& reading) {
        exchange.respond(json_response(200, full_alert_json(*stored, reading)));
      });
  if (!queued) refuse(exchange, {503, "hub.busy", "", {}, retry_after_seconds});
}

}  // namespace

void list_alerts(Rooms& rooms, const Exchange& exchange, const drills::Channel& channel) {
  const auto filter = alert_query(exchange.request);
  if (!filter) return refuse(exchange, {400, "query.invalid", filter.error().detail, {}});
  rooms.view.list(channel, *filter, [exchange](const Result<std::vector<view::Listed>>& listed) {
    if (!listed) return unavailable(exchange, listed.error().detail);
    boost::json::array alerts;
    for (const auto& alert : *listed) alerts.push_back(listed_json(alert));
    exchange.respond(json_response(200, {{"alerts", std::move(alerts)}}));
  });
}

void get_alert(Rooms& rooms, const Exchange& exchange, const drills::Channel& channel,
               Sequence sequence) {
  const auto form = wanted_form(exchange.request);
  if (form == Form::none) return refuse(exchange, {406, "not-acceptable", "", {}});
  const auto name = std::to_string(sequence);
  const auto read = rooms.journal.read(
      sequence - 1, {1, 1},
      [&rooms, exchange, channel, form,
       name](const Result<std::vector<journal::StoredPtr>>& entries) {
        if (!entries) return unavailable(exchange, entries.error().detail);
        if (entries->empty() || !entries->front()->entry.body().has_alert_accepted() ||
            !channel.carries(entries->front()->entry.body().alert_accepted()))
          return refuse(exchange, {404, "not-found", name, {}});
        const auto& stored = *entries->front();
        if (form == Form::json) return answer_reading(rooms, exchange, entries->front());
        if (!stored.content) return refuse(exchange, {404, "not-found", name, {}});
        exchange.respond({200, {{"Content-Type", "application/cap+xml"}}, *stored.content});
      });
  if (!read) unavailable(exchange, read.error().detail);
}

void get_reference(Rooms& rooms, const Exchange& exchange, const drills::Channel& channel,
                   const std::string& reference) {
  const auto named = cap::triple(reference);
  if (!named) return refuse(exchange, {404, "not-found", reference, {}});
  v1::Reference wanted;
  wanted.set_sender(named->sender);
  wanted.set_identifier(named->identifier);
  wanted.set_sent(named->sent);
  rooms.view.find(channel, wanted, [&rooms, exchange, channel, reference](Result<Sequence> found) {
    if (found) return get_alert(rooms, exchange, channel, *found);
    if (found.error().code != ErrorCode::not_found)
      return unavailable(exchange, found.error().detail);
    refuse(exchange, {404, "not-found", reference, {}});
  });
}

}  // namespace noroshi::api
