// GET /v1/stream and GET /v1/events: from a request to a stream of its own.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// Hands the connection to the shard of `subscriber`, in the channel of its credential.
void open_stream(Rooms& rooms, const transport::Exchange& exchange,
                 const registry::Principal& subscriber);

// As server-sent events, from its Last-Event-ID on.
void open_events(Rooms& rooms, const transport::Exchange& exchange,
                 const registry::Principal& subscriber);

}  // namespace noroshi::api
