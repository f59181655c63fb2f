// RFC 9110, 10.2.3.
#pragma once

#include <chrono>
#include <optional>

#include "proto/wire/http.hpp"

namespace noroshi::wire {

// How long a server asked to wait: the Retry-After of `fields`, in seconds. Its other form, a date,
// is not used by a hub and counts as none.
std::optional<std::chrono::seconds> retry_after(const Fields& fields);

}  // namespace noroshi::wire
