// The last question before the bytes of an alert leave by any outlet.
#pragma once

#include <string_view>

#include "hub/delivery/ring.hpp"
#include "hub/registry/principal.hpp"

namespace noroshi::outlets {

// Whether the alert is of the channel of `subscriber`, by everything it says of itself. What is not
// is logged under `outlet`: only a bug of the hub brings it here.
bool of_its_channel(const delivery::Slot& slot, const registry::Principal& subscriber,
                    std::string_view outlet);

}  // namespace noroshi::outlets
