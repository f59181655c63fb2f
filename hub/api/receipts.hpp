// POST /v1/receipts: acknowledgements and on-air reports of subscribers whose outlet has no way
// back, and of whoever reports from another place than it receives.
//
// Threading  the front's thread.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"
#include "proto/result.hpp"

namespace noroshi::api {

struct ReceiptsRequest {
  // Whose cursor `through` is of, and by which way it was received: events, feed or tcp.
  delivery::Outlet outlet = delivery::Outlet::events;
  std::optional<std::uint64_t> through;
  std::vector<v1::Receipt> receipts;  // at most 256
};

// {"outlet", "ack": {"through"}, "receipts": [{"id","sequence","state","at","medium","detail"}]},
// any of the three left out. `invalid` names the member that is wrong; what a receipt says is for
// the shard to judge.
Result<ReceiptsRequest> receipts_request(std::string_view body);

// Answered once everything is durable, with what became of each receipt by its id.
void take_receipts(Rooms& rooms, const transport::Exchange& exchange,
                   const registry::Principal& subscriber);

}  // namespace noroshi::api
