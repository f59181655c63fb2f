// What an alert says as a CAP-JP document, into what the log keeps of it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include "proto/cap/document.hpp"

namespace noroshi::admission {

// Fills lines, update_kind and summary.flags of `accepted`; nothing for a plain CAP alert.
void read_order(const cap::Alert& alert, v1::AlertAccepted& accepted);

}  // namespace noroshi::admission
