// What is reported by a receiver whose every stored alert is on air on one medium.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <string>
#include <vector>

#include "subscribers/client/item.hpp"
#include "subscribers/client/standing.hpp"

namespace noroshi::subscribers {

// SHOWN of an alert; of a Cancel WITHDRAWN of everything it refers to; nothing of an alert that the
// hub has passed over. The ids are made of the log, the sequence, the medium and
// the state, so that an item that comes again is reported under the same.
std::vector<Said> on_air(const Item& item, const std::string& medium);

// WITHDRAWN of an alert that was lifted or cancelled or has run out, in each log that it came from.
// Nothing of one that another revision has taken the place of: that one is SHOWN, and the hub says
// `replaced` of this by itself. Nothing for an empty medium.
std::vector<Said> off_air(const Held& ended, const std::string& medium);

// The receipt that says so, with the id described above, at this moment.
Said said_of(const Position& position, v1::Receipt::State state, const std::string& medium);

}  // namespace noroshi::subscribers
