// Which alerts of one channel stand: neither replaced nor cancelled nor wholly lifted, and not run
// out unless somebody has to lift them. A fold of the log, the same whether it is fed the log, its
// reduction or live.
//
// Bounds      a few hundred bytes for each alert that stands, and for a day after it ran out.
// Threading   none inside: belongs to the thread that asks it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::in_force {

using journal::Sequence;

// Whether who asks about `area` (a code, two digits, or `*`) wants what is said of `code`: of the
// place, of what lies in it, and of what it lies in.
bool concerns(std::string_view area, std::string_view code);

class Standing {
 public:
  explicit Standing(std::string channel) : channel_(std::move(channel)) {}

  void apply(const v1::Entry& entry);

  struct Held {
    std::int64_t at_ms = 0;
    std::int64_t until_ms = 0;
    std::vector<std::string> codes;  // of its own part; one "" when it has none
    std::string alert;               // of it what is asked about later, serialised
    [[nodiscard]] v1::AlertAccepted read() const;
    friend bool operator==(const Held&, const Held&) = default;
  };
  // Null when it does not stand.
  [[nodiscard]] const Held* find(Sequence alert) const;
  // What stands at `now_ms` and concerns `area`, newest first. With `*` what names no place, too.
  [[nodiscard]] std::vector<Sequence> at(std::string_view area, std::int64_t now_ms) const;
  [[nodiscard]] std::vector<Sequence> all() const;

  // Lets go of what ran out more than a day before `now_ms`, and says what that was. A clock may be
  // wrong by less.
  std::vector<Sequence> forget(std::int64_t now_ms);

  [[nodiscard]] const std::string& channel() const { return channel_; }
  friend bool operator==(const Standing&, const Standing&) = default;

 private:
  void end(Sequence alert);

  std::string channel_;
  std::unordered_map<Sequence, Held> held_;
  std::map<std::string, std::vector<Sequence>, std::less<>> by_code_;  // ascending; "": without one
  std::set<std::pair<std::int64_t, Sequence>> by_end_;                 // of those that have one
};

}  // namespace noroshi::in_force
