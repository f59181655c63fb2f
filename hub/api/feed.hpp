// GET /v1/feed.atom: the alerts of one channel, or of one subscriber in it, as an Atom feed; and
// what a subscriber holds, by the entity tags it names (contract, "Atom").
//
// Threading  the front's thread.
#pragma once

#include <optional>

#include "hub/api/rooms.hpp"
#include "hub/drills/channel.hpp"
#include "hub/registry/principal.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// `reader` is nobody where anybody may read.
void answer_feed(Rooms& rooms, const transport::Exchange& exchange,
                 const std::optional<registry::Principal>& reader, const drills::Channel& channel);

}  // namespace noroshi::api
