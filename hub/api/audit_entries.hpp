// GET /v1/audit/entries: the log, page by page, for whoever recomputes its tree (contract,
// "Audit").
//
// Threading  the front's thread.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include "hub/api/rooms.hpp"
#include "hub/registry/registry.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

// ?after=&limit=: the entries behind `after`, oldest first. Each with its leaf hash; with its leaf
// where reads_entry().
// Bounds  1,000 entries and 1 MiB a page, or one entry; 256 unless `limit` says so.
void answer_entries(Rooms& rooms, const transport::Exchange& exchange,
                    const registry::Principal& reader);

// Whether the entry's own bytes concern `reader`. Whoever reads everything: all but what a token is
// checked with, which goes to nobody. A publisher and its officers: what is its own, and the alerts
// whose ladder it may see. A subscriber: its own registration, and live alerts that are addressed
// to it, unless they name the officers behind them.
bool reads_entry(const registry::Registry& registry, const registry::Principal& reader,
                 const v1::Entry& entry);

}  // namespace noroshi::api
