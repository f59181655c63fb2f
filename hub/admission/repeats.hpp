// The same again and again, without saying that it follows: Kanagawa 2022, where phones got the
// same mail 20 times.
//
// Only loud ones count: evacuation orders, emergency mail, civil protection, and what states a
// level. The same is: channel, publisher, places, events, level and headline, in an alert without
// references. Within an hour the third is asked about (repeat.again) and the sixth refused
// (alert.repeated): whoever has more to say sends an Update.
//
// Bounds  one number for each alert of the last hour, keys_max of them; beyond that the oldest go.
// The log's reduction leaves out headlines: after a restart, alerts that were already reduced (at
// least 32,768 entries ago) are not counted.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "hub/admission/refusal.hpp"

namespace noroshi::admission {

class Repeats {
 public:
  static constexpr std::int64_t window_ms = 60 * 60 * 1000;
  static constexpr std::size_t free_max = 2;
  static constexpr std::size_t asked_max = 5;
  static constexpr std::size_t keys_max = 100'000;

  void apply(const v1::Entry& entry);

  // How often the same was accepted in the hour before `at_ms`; 0 for what has references.
  [[nodiscard]] std::size_t before(const v1::AlertAccepted& alert, std::int64_t at_ms) const;

 private:
  struct One {
    std::int64_t at_ms;
    std::string key;
  };
  std::deque<One> recent_;
  std::unordered_map<std::string, std::deque<std::int64_t>> times_;
};

// alert.repeated, after asked_max of the same.
std::optional<Refusal> repeats_too_often(std::size_t before);

}  // namespace noroshi::admission
