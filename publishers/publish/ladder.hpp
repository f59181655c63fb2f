// The delivery report of an alert, as people and waiting programs see it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "publishers/client/hub.hpp"
#include "publishers/publish/options.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

struct Tally {
  std::uint64_t have_it = 0;
  std::uint64_t wanted = 0;
};

// How many of those `wait` is about have the alert.
Tally tally(const Ladder& ladder, const Wait& wait);
bool satisfied(const Ladder& ladder, const Wait& wait);

// A row per addressed subscriber: who, when, what.
void print_rows(const Ladder& ladder, const Terminal& terminal);

// Asks again and again, and says when the count changes, until `wait` is satisfied or the deadline
// comes. The last report, however far it goes; the failure when none could be had.
Answer<Ladder> follow(Hub& hub, std::uint64_t sequence, const Wait& wait, Hub::Deadline deadline,
                      const Terminal& terminal);

// A hub as `options` name it; retries are said on the terminal.
Result<Hub> hub_of(const HubOptions& options, const Terminal& terminal);

}  // namespace noroshi::publishers
