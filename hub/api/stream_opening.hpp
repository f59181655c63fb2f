// GET /v1/stream: from a request to a stream of its own.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// Hands the connection to the shard of `subscriber`, in the channel of its credential.
void open_stream(Rooms& rooms, const transport::Exchange& exchange,
                 const registry::Principal& subscriber);

}  // namespace noroshi::api
