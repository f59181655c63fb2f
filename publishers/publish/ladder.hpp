// The delivery report of an alert, as people and waiting programs see it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "publishers/client/hub.hpp"
#include "publishers/publish/options.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

struct Tally {
  std::uint64_t have_it = 0;
  std::uint64_t wanted = 0;
};

// How many of those `wait` is about have come as far as it says.
Tally tally(const Ladder& ladder, const Wait& wait);
bool satisfied(const Ladder& ladder, const Wait& wait);

// How many have come so far, in one line.
std::string report_line(const Ladder& ladder, std::uint64_t sequence, const Wait& wait,
                        const Terminal& terminal);
// A line for each deadline of the alert, and for each medium somebody reported.
std::vector<std::string> summary_lines(const Ladder& ladder, const Terminal& terminal);
// Who, when, what; the name in `width` columns.
std::string row_line(const LadderRow& row, std::size_t width, const Terminal& terminal);
// The summary, and a row per addressed subscriber.
void print_rows(const Ladder& ladder, const Terminal& terminal);

// Asks again and again until `wait` is satisfied or the deadline comes; `changed` is told of the
// first report and of each that is another than the last. The last report, however far it goes; the
// failure when none could be had.
using Changed = std::function<void(const Ladder&)>;
Answer<Ladder> follow(Hub& hub, std::uint64_t sequence, const Wait& wait, Hub::Deadline deadline,
                      const Changed& changed);

// A hub as `options` name it; retries are said on the terminal, unless `on_retry` is told them.
Result<Hub> hub_of(const HubOptions& options, const Terminal& terminal,
                   Hub::OnRetry on_retry = nullptr);

}  // namespace noroshi::publishers
