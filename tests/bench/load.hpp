// The load of one server and what it did under it: first alerts one at a time, then as many as may
// be in flight for a while, and then quiet.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "tests/bench/crowd.hpp"

namespace noroshi::bench {

struct LoadOptions {
  CrowdOptions crowd;
  pid_t server = 0;                  // whose CPU and memory are read
  std::uint32_t single_alerts = 30;  // one at a time, of each of the two kinds
  double single_seconds_max = 8;     // for each of the two kinds
  // One after the other: alerts not yet delivered to all or not yet accepted, kept up for so long.
  std::vector<std::uint32_t> in_flight = {1, 16, 64};
  double seconds = 3;
  double quiet_seconds = 1;  // before memory is read
};

// One JSON object on standard output. Times in milliseconds from just before the publish call:
//   accepted, first, half, nearly_all (99 %), all: the delivery was read by the client;
//   acknowledged: the last acknowledgement was handed to its socket;
//   confirmed: of a second series, in which every acknowledgement is followed by something the
//   server answers (a WebSocket ping): the last answer was read.
// in_flight has an object for each number of alerts in flight. Its rate: deliveries a second,
// acknowledged and, by a last barrier, read by the server; without subscribers alerts accepted a
// second. cpu_us is the server's for each of them.
void run_load(const LoadOptions& options, Credentials credentials);

}  // namespace noroshi::bench
