// GET /v1/alerts, /v1/alerts/{sequence} and /v1/references/{reference}, and the same below
// /v1/drills/{id}.
//
// All are of one channel: what lies in another is not found.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/drills/channel.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// GET /v1/alerts?area=&event=&level=&in_force=true&identifier=&before=&limit=
void list_alerts(Rooms& rooms, const transport::Exchange& exchange, const drills::Channel& channel);
// GET /v1/alerts/{sequence}: the accepted bytes, or their full reading in JSON, by Accept.
void get_alert(Rooms& rooms, const transport::Exchange& exchange, const drills::Channel& channel,
               journal::Sequence sequence);

// GET /v1/references/{sender},{identifier},{sent}: the same of the alert that a document would
// refer to so.
void get_reference(Rooms& rooms, const transport::Exchange& exchange,
                   const drills::Channel& channel, const std::string& reference);

}  // namespace noroshi::api
