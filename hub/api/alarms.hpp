// GET /v1/alarms and /v1/drills/{id}/alarms: the alarms that stand in a channel.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/registry/principal.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// Operators see all of the channel; a publisher and its officers those that concern it. At most
// 1000, the newest.
void answer_alarms(const Rooms& rooms, const transport::Exchange& exchange,
                   const registry::Principal& reader, const drills::Channel& channel);

}  // namespace noroshi::api
