#include "hub/api/ladder.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <set>
#include <string>
#include <vector>

#include "hub/api/answers.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/ladder_json.hpp"

namespace noroshi::api {
namespace {

using journal::Sequence;
using transport::Exchange;

void answer_ladder(Rooms& rooms, const Exchange& exchange, const registry::Principal& reader,
                   Result<view::Ladder> ladder,
                   const std::vector<delivery::SubscriberState>& states) {
  if (!ladder && ladder.error().code != ErrorCode::not_found)
    return unavailable(exchange, ladder.error().detail);
  if (!ladder) return refuse(exchange, {404, "not-found", ladder.error().detail, {}});
  if (!may_see_ladder(rooms.identity.registry(), reader, ladder->alert.alert))
    return refuse(exchange, {403, "auth.role", "", {}});
  if (reader.kind == registry::Principal::Kind::subscriber)  // its own row, and no other in sum
    std::erase_if(ladder->rungs, [&](const auto& rung) { return rung.subscriber != reader.id; });
  std::set<std::string> connected;
  for (const auto& state : states) connected.insert(state.subscriber);
  const auto deadlines =
      deadlines_at(rooms.alarms.watcher().deadlines(), ladder->alert, rooms.clock());
  exchange.respond(json_response(200, ladder_json(*ladder, connected, deadlines)));
}

}  // namespace

// A publisher and its officers its own alerts, those it typed for others, and those of publishers
// whose every place it speaks for; a subscriber any (and only its own row); an operator all.
bool may_see_ladder(const registry::Registry& registry, const registry::Principal& reader,
                    const v1::AlertAccepted& alert) {
  using Kind = registry::Principal::Kind;
  if (reader.kind == Kind::subscriber || reads_everything(reader, registry)) return true;
  const auto code = registry.publisher_of(reader);
  if (alert.publisher() == code || alert.typed_by() == code) return true;
  const auto* mine = registry.publisher(code);
  const auto* theirs = registry.publisher(alert.publisher());
  if (mine == nullptr || theirs == nullptr) return false;
  return !theirs->areas.empty() &&
         std::all_of(theirs->areas.begin(), theirs->areas.end(),
                     [&](const auto& area) { return mine->may_speak_for(area); });
}

void answer_deliveries(Rooms& rooms, const Exchange& exchange, const registry::Principal& reader,
                       const drills::Channel& channel, Sequence sequence) {
  rooms.view.ladder(
      channel, sequence, [&rooms, exchange, reader, channel](const Result<view::Ladder>& ladder) {
        rooms.fanout.states(channel, [&rooms, exchange, reader, ladder](
                                         const std::vector<delivery::SubscriberState>& connected) {
          boost::asio::post(rooms.front, [&rooms, exchange, reader, ladder, connected] {
            answer_ladder(rooms, exchange, reader, ladder, connected);
          });
        });
      });
}

}  // namespace noroshi::api
