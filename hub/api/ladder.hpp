// GET /v1/alerts/{sequence}/deliveries: who has an alert, and who shows it.
//
// Threading  the front's thread.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include "hub/api/rooms.hpp"
#include "hub/drills/channel.hpp"
#include "hub/registry/registry.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// As far as `reader` may see it; of an alert of another channel there is none.
void answer_deliveries(Rooms& rooms, const transport::Exchange& exchange,
                       const registry::Principal& reader, const drills::Channel& channel,
                       journal::Sequence sequence);

// A publisher and its officers see those of its own alerts, of those it typed for others, and of
// publishers whose every place it speaks for; a subscriber any (and only its own row); whoever
// reads everything all.
bool may_see_ladder(const registry::Registry& registry, const registry::Principal& reader,
                    const v1::AlertAccepted& alert);

}  // namespace noroshi::api
