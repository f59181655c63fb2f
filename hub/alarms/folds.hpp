// What the alarms need to know of the log.
//
// Threading  none inside.
#pragma once

#include "hub/alarms/deadlines.hpp"
#include "hub/alarms/standing.hpp"
#include "hub/alarms/troubles.hpp"
#include "hub/alarms/unlifted.hpp"
#include "hub/drills/drills.hpp"

namespace noroshi::alarms {

struct Folds {
  // `at_ms`: see Deadlines::apply; in a replay the entry's own.
  void apply(const v1::Entry& entry, std::int64_t at_ms) {
    alarms.apply(entry);
    deadlines.apply(entry, at_ms);
    unlifted.apply(entry);
    drills.apply(entry);
    dead_webhooks.apply(entry);
    probes.apply(entry);
  }

  Standing alarms;
  Deadlines deadlines;
  Unlifted unlifted;
  drills::Drills drills;
  DeadWebhooks dead_webhooks;
  FailedProbes probes;
};

}  // namespace noroshi::alarms
