// What a request's header must look like before a parser sees it. Beast 1.81 accepts framings that
// another party in front of us may read as a different number of requests; none of them passes.
#pragma once

#include <cstddef>

#include <tl/expected.hpp>

#include "proto/wire/http.hpp"
#include "proto/wire/http_head.hpp"
#include "proto/wire/http_target.hpp"

namespace noroshi::wire {

struct PassedHead {
  Target target;
  std::size_t content_length = 0;
};

// Pure. Refuses in this order: start line and its version, number of fields, Transfer-Encoding,
// Content-Length (more than 0 only with POST, PUT, PATCH), Host, target, Expect, fields that are
// doubtful by themselves (announcing trailers or HTTP/2, twice what may stand once, an upgrade to
// anything but websocket, Connection naming what is not its own), size of the body.
tl::expected<PassedHead, FramingError> pass_request(const Head& head, const RequestLimits& limits);

}  // namespace noroshi::wire
