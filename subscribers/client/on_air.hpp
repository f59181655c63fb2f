// What is reported of an item by a receiver whose every stored alert is on air on one medium.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <string>
#include <vector>

#include "subscribers/client/item.hpp"

namespace noroshi::subscribers {

// SHOWN of an alert; of a Cancel WITHDRAWN of everything it refers to; nothing of an alert that the
// hub has passed over. The ids are made of the log, the sequence, the medium and
// the state, so that an item that comes again is reported under the same.
std::vector<v1::Receipt> on_air(const Item& item, const std::string& medium);

}  // namespace noroshi::subscribers
