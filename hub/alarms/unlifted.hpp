// Orders of which a line ran out and nobody lifted it: a fold of the log.
//
// Bounds     those that stand until they are lifted and state an end.
// Threading  none inside.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::alarms {

struct UnliftedOrder {
  journal::Sequence sequence = 0;
  std::string publisher;
  std::string drill;          // "" on the live path
  std::string event;          // of the line that ends first
  std::int64_t ended_ms = 0;  // by what the order says
};

class Unlifted {
 public:
  void apply(const v1::Entry& entry);
  // Those of which a line has run out by then, the earliest first.
  [[nodiscard]] std::vector<UnliftedOrder> at(std::int64_t now_ms) const;

 private:
  void end(journal::Sequence sequence);

  std::map<journal::Sequence, UnliftedOrder> orders_;
  std::set<std::pair<std::int64_t, journal::Sequence>> by_end_;
};

}  // namespace noroshi::alarms
