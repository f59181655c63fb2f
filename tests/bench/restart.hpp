// A hub that dies under its crowd: how long until everybody is back, and how long an alert takes to
// be accepted meanwhile.
#pragma once

#include "tests/bench/crowd.hpp"

namespace noroshi::bench {

struct RestartOptions {
  CrowdOptions crowd;
  double alerts_a_second = 10;  // at their times, whether the hub answers or not
  double seconds_before = 2;    // of calm, before `ready` is printed
  double seconds_max = 120;
};

// Prints `ready` when all are connected and alerts flow: now kill the hub and start it again on the
// same port. Then one JSON object: back_seconds from the first lost connection until the last
// subscriber is welcomed again; accepted_…_ms of the alerts whose time to be published fell into
// that span, each from that time to its 201, repeated attempts included; and `duplicates`,
// deliveries that came twice. Ends only when every alert reached everybody.
void run_restart(const RestartOptions& options, Credentials credentials);

}  // namespace noroshi::bench
