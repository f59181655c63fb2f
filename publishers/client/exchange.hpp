// One HTTPS request and its answer, on a connection of its own.
#pragma once

#include <chrono>
#include <string>

#include "proto/wire/http.hpp"
#include "proto/wire/hub_address.hpp"
#include "proto/wire/tls.hpp"
#include "publishers/client/failure.hpp"

namespace noroshi::publishers {

template <class T>
using Answer = tl::expected<T, Failure>;

// Blocks until the whole answer is there, whatever its status, or until `deadline`. The server must
// prove to be `hub.host`; nothing is sent before it has.
//
// Bounds  an answer of more than 4 MiB is not_a_hub.
Answer<wire::Response> exchange(const wire::HubAddress& hub, const wire::TlsContext& tls,
                                const wire::Request& request,
                                std::chrono::steady_clock::time_point deadline);

}  // namespace noroshi::publishers
