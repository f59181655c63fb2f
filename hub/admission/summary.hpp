// What the hub itself needs to know of an alert, read from the document once: where it is for, what
// it is about, how high it is, what it refers to, and when it ends.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <vector>

#include "proto/cap/document.hpp"

namespace noroshi::admission {

// Fills summary, routing (its own part, without a sequence), references, areas_without_code and
// expires_ms of `accepted`.
void summarise(const cap::Alert& alert, v1::AlertAccepted& accepted);

// The code or word of an event as it is kept: a very long one is cut.
std::string event_value(const cap::Text& event);

// The six-digit code of an area: its LGCode, or the one its JmaArea implies. Empty when it has
// none that is valid, or names two places.
std::string area_code(const cap::Area& area);

// What the alert refers to, each alert once.
std::vector<cap::Triple> distinct_references(const cap::Alert& alert);

}  // namespace noroshi::admission
