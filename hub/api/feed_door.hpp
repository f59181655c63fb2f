// The door of the TCP feed: whoever comes with the certificate of a subscriber that has the outlet
// `tcp` is fed; everybody else is closed at once, for there is nothing that could be said.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/config/config.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// What a mutual-TLS door does. The result refers to `rooms`.
transport::Handlers feed_door_handlers(Rooms& rooms, const config::Config& config);

}  // namespace noroshi::api
