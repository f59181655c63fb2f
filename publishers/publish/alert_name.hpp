// Which alert is meant: the hub's sequence, or the CAP identifier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "publishers/client/hub.hpp"

namespace noroshi::publishers {

// Digits are a sequence; an alert whose identifier is all digits is found by its sequence. Absent
// when the hub knows no alert of that identifier.
Answer<std::optional<std::uint64_t>> sequence_of(const std::string& alert, Hub& hub,
                                                 Hub::Deadline deadline);

}  // namespace noroshi::publishers
