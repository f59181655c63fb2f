// What anybody may read without an identity, where the configuration says `feed_public`: the feed
// of the live path, and the accepted bytes that its entries link to.
//
// Threading  the front's thread.
#pragma once

#include "hub/drills/channel.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// Whoever shows an identity, even a wrong one, is asked for it.
bool is_open_reading(const wire::Request& request, const transport::Caller& caller);

// The live path: the only one that anybody reads so.
const drills::Channel& open_channel();

}  // namespace noroshi::api
