// GET /v1/audit/…: what the log says of itself, and proofs that it says nothing else to others
// (contract, "Audit").
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// The line of audit.pub. It proves nothing to whoever has no other word for it: it is there to be
// remembered, and compared with.
void answer_audit_key(Rooms& rooms, const transport::Exchange& exchange);
// ?sequence=&size=: that the entry is in the tree of that size; without size the whole log.
void answer_inclusion(Rooms& rooms, const transport::Exchange& exchange);
// ?from=&to=: that the tree of size `from` is the beginning of that of size `to`; without `to` of
// the whole log.
void answer_consistency(Rooms& rooms, const transport::Exchange& exchange);

}  // namespace noroshi::api
