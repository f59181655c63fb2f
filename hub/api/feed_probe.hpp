// The step of a probe that the outlet `feed` takes: the hub fetches the feed of each subscriber
// that has it, as that one would (contract, "Probe").
//
// Bounds     one fetch at a time, and 30 s for all; whom it has not come to by then is missing.
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"

namespace noroshi::api {

// Before the first probe. `rooms` outlives the last.
void probe_feeds(Rooms& rooms);

}  // namespace noroshi::api
