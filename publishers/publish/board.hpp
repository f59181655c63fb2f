// The ladder of an alert while somebody watches it: drawn anew in its place on a terminal that is
// large enough, a line for each row that changed anywhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "publishers/client/answers.hpp"
#include "publishers/publish/options.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

class Board {
 public:
  // `sequence` is the alert's; `wait` says what is counted.
  Board(const Terminal& terminal, std::uint64_t sequence, const Wait& wait);

  void show(const Ladder& ladder);

 private:
  void redraw(const Ladder& ladder);
  void tell_changes(const Ladder& ladder);

  const Terminal& terminal_;
  std::uint64_t sequence_;
  Wait wait_;
  std::size_t drawn_ = 0;                    // lines of the last drawing
  std::map<std::string, std::string> told_;  // the last line of each subscriber
};

}  // namespace noroshi::publishers
