// One HTTPS request to a hub and its answer, on a connection of its own.
#pragma once

#include <chrono>
#include <stop_token>

#include "proto/result.hpp"
#include "proto/wire/http.hpp"
#include "subscribers/client/fault.hpp"
#include "subscribers/client/link.hpp"

namespace noroshi::subscribers {

// Blocks until the whole answer is there, whatever its status, at most `limit` and what a host name
// that nobody answers for takes. As whom to call is said by `hub`, and is added to `request`; the
// hub must prove to be the one that is meant before anything is sent.
//
// Bounds   an answer of more than 64 KiB is not_a_hub.
// Failure  `cut` when `stop` asked for the end.
tl::expected<wire::Response, Fault> call_hub(const LinkSettings& hub, wire::Request request,
                                             std::chrono::milliseconds limit, std::stop_token stop);

}  // namespace noroshi::subscribers
