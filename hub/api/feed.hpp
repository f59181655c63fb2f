// GET /v1/feed.atom: the alerts of one channel, or of one subscriber in it, as an Atom feed; and
// what a subscriber holds, by the entity tags it names (contract, "Atom").
//
// Threading  the front's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "hub/api/rooms.hpp"
#include "hub/drills/channel.hpp"
#include "hub/registry/principal.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// `reader` is nobody where anybody may read.
void answer_feed(Rooms& rooms, const transport::Exchange& exchange,
                 const std::optional<registry::Principal>& reader, const drills::Channel& channel);

// The hub's own fetch of what `subscriber` would get now, from any thread: the same answer, which
// is neither counted as served nor acknowledges anything. `answer` may run on any thread.
void fetch_own_feed(Rooms& rooms, const std::string& subscriber,
                    std::function<void(wire::Response)> answer);

}  // namespace noroshi::api
