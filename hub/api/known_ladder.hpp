// The ladders that boards were last sent, and which of them an entry may have changed.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/api/ladder_deadlines.hpp"
#include "hub/delivery/shard.hpp"
#include "hub/view/view.hpp"

namespace noroshi::api {

// What is known of one ladder, in JSON.
struct KnownLadder {
  v1::AlertAccepted alert;
  std::string totals;                       // empty: not asked yet
  std::map<std::string, std::string> rows;  // by subscriber; of an alert that a board is open for
  bool marked = false;                      // may be other than what is known
  // When its next deadline will be over, Unix milliseconds.
  std::optional<std::int64_t> due_ms = {};
};
using KnownLadders = std::map<journal::Sequence, KnownLadder>;

// Those in (after, through].
void mark(KnownLadders& ladders, journal::Sequence after, journal::Sequence through);
// What an alert's receipts say, the ladders of what it refers to and of what refers to it say too.
void mark_related(KnownLadders& ladders);
// Those that a deadline has come for.
void mark_due(KnownLadders& ladders, std::int64_t now_ms);

// Takes the rows of `ladder`; which subscribers' are other than before.
std::vector<std::string> changed_rows(KnownLadder& known, const view::Ladder& ladder,
                                      const std::vector<delivery::SubscriberState>& states,
                                      const LadderDeadlines& deadlines);

}  // namespace noroshi::api
