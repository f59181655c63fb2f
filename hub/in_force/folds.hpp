// What a replay of the log brings up for in_force: a fold of its own for each channel.
//
// Bounds      those of what stands in each; the drills that are not over, which are few
//             (drills::sessions_at_once_max), and of the rest those since the last was opened.
// Threading   none inside.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "hub/drills/drills.hpp"
#include "hub/in_force/freshness.hpp"
#include "hub/in_force/standing.hpp"

namespace noroshi::in_force {

// Of one channel. Each asks every alert itself whether it is of that channel.
struct Folds {
  explicit Folds(const std::string& channel) : standing(channel), freshness(channel) {}
  void apply(const v1::Entry& entry) {
    standing.apply(entry);
    freshness.apply(entry);
  }
  friend bool operator==(const Folds&, const Folds&) = default;

  Standing standing;
  Freshness freshness;
};

// Of all channels: nothing that is folded into one is ever folded into another.
class FoldsByChannel {
 public:
  void apply(const v1::Entry& entry);
  // Lets go of the drills that are over at `now_ms`.
  void forget(std::int64_t now_ms);

  Folds live{"live"};
  std::map<std::string, Folds, std::less<>> in_drills;  // by the session's id

 private:
  drills::Drills drills_;
};

}  // namespace noroshi::in_force
