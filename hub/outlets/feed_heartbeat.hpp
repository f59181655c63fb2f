// The heartbeat of the TCP feed: a CAP 1.2 document of the hub's own, with status System, that
// says the line is alive and what the reader should have got by it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "hub/journal/entry.hpp"

namespace noroshi::outlets {

// An alert as later documents refer to it: `sender,identifier,sent`.
struct RecentAlert {
  journal::Sequence sequence = 0;
  std::string reference;
};
RecentAlert recent_alert(journal::Sequence sequence, const v1::AlertAccepted& alert);

inline constexpr std::size_t recent_alerts_max = 10;

// Ascending, each once; the oldest go first.
void remember(std::deque<RecentAlert>& recent, RecentAlert alert);

// All that concerns the reader up to `through` of the log `epoch` has been sent; both are in the
// identifier (noroshi-heartbeat-<epoch>-<through>-<now_ms>), for POST /v1/receipts. `sender` is a
// sender as CAP wants it.
std::string feed_heartbeat(const std::string& sender, std::uint64_t epoch,
                           journal::Sequence through, std::int64_t now_ms,
                           const std::deque<RecentAlert>& recent);

}  // namespace noroshi::outlets
