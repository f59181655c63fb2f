#include "hub/api/stream_opening.hpp"

#include <optional>
#include <string>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/language.hpp"
#include "hub/config/log.hpp"
#include "hub/outlets/events.hpp"
#include "hub/outlets/stream.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

using registry::Principal;

// RFC 6455, section 10.2: a browser names the page that opens the stream, other clients name none.
bool comes_from_elsewhere(const wire::Request& request) {
  const auto origin = wire::find(request.fields, "Origin");
  if (!origin) return false;
  const auto host = wire::find(request.fields, "Host").value_or("");
  return !wire::same_word(*origin, "https://" + std::string(host));
}

// The handshake's own refusal as a problem, with the fields that say what would be taken.
wire::Response refused_upgrade(const wire::Response& refusal, const wire::Request& request) {
  auto answer =
      response({refusal.status, "request.malformed", refusal.body, {}}, language_of(request));
  for (const auto& [name, value] : refusal.fields)
    if (name != "Content-Type") answer.fields.emplace_back(name, value);
  return answer;
}

}  // namespace

void open_stream(Rooms& rooms, const transport::Exchange& exchange, const Principal& principal) {
  if (!takes(rooms.identity.registry(), principal, delivery::Outlet::stream))
    return refuse(exchange, {403, "auth.role", "stream", {}});
  if (comes_from_elsewhere(exchange.request)) return refuse(exchange, {403, "auth.origin", "", {}});
  std::string chosen;
  auto answer = wire::upgrade(exchange.request, outlets::subprotocol_names, chosen);
  if (answer.status != 101) return exchange.respond(refused_upgrade(answer, exchange.request));
  const auto subprotocol = chosen == outlets::subprotocol_names[0] ? outlets::Subprotocol::protobuf
                                                                   : outlets::Subprotocol::json;
  log::info("stream.opened", {{"subscriber", principal.id},
                              {"channel", principal.channel.name()},
                              {"subprotocol", chosen},
                              {"peer", exchange.caller.address}});
  auto& shard = rooms.fanout.shard_of(principal.id);
  exchange.upgrade(std::move(answer), [&shard, &readings = rooms.readings, subprotocol, principal](
                                          wire::Connection::Handoff handoff, std::string early) {
    outlets::Stream::open(shard, readings, subprotocol, std::move(handoff), principal,
                          std::move(early));
  });
}

void open_events(Rooms& rooms, const transport::Exchange& exchange, const Principal& principal) {
  if (!takes(rooms.identity.registry(), principal, delivery::Outlet::events))
    return refuse(exchange, {403, "auth.role", "events", {}});
  if (comes_from_elsewhere(exchange.request)) return refuse(exchange, {403, "auth.origin", "", {}});
  std::optional<outlets::EventId> last;
  if (const auto said = wire::find(exchange.request.fields, "Last-Event-ID")) {
    const auto id = outlets::event_id(*said);
    if (!id) return refuse(exchange, {400, "query.invalid", id.error().detail, {}});
    last = *id;
  }
  log::info("events.opened", {{"subscriber", principal.id},
                              {"channel", principal.channel.name()},
                              {"peer", exchange.caller.address}});
  auto& shard = rooms.fanout.shard_of(principal.id);
  exchange.upgrade(
      {200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}}, ""},
      [&shard, &readings = rooms.readings, principal, last](wire::Connection::Handoff handoff,
                                                            const std::string&) {
        outlets::Events::open(shard, readings, std::move(handoff), principal, last);
      });
}

}  // namespace noroshi::api
