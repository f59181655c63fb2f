// When each publisher last said something of each place, so that "nothing in force" can be told
// from "nothing entered". A fold of one channel of the log.
//
// Bounds  one small record for each publisher and place it has spoken of.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/journal/entry.hpp"

namespace noroshi::in_force {

struct LastWord {
  journal::Sequence sequence = 0;
  std::int64_t at_ms = 0;
  // When it reported that no evacuation order is in force, if it has ordered none since; of several
  // places the oldest report, if there is one of each.
  std::optional<std::int64_t> null_report_ms;
  friend bool operator==(const LastWord&, const LastWord&) = default;
};

class Freshness {
 public:
  explicit Freshness(std::string channel) : channel_(std::move(channel)) {}

  void apply(const v1::Entry& entry);
  // Of what concerns `area`, see concerns(); nothing when it never spoke of it.
  [[nodiscard]] std::optional<LastWord> last_word(const std::string& publisher,
                                                  std::string_view area) const;

  friend bool operator==(const Freshness&, const Freshness&) = default;

 private:
  std::string channel_;
  std::unordered_map<std::string, std::map<std::string, LastWord>> said_;  // publisher, code
};

}  // namespace noroshi::in_force
