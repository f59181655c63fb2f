// When to tell whom of which alarm: at once, and again with growing distance while it stands and
// nobody has acknowledged it.
//
// Bounds     calls_at_once_max calls under way; the rest waits its turn, oldest alarm first.
// Threading  none inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/alarms/standing.hpp"
#include "hub/config/notify.hpp"

namespace noroshi::alarms {

struct Call {
  std::size_t rule = 0;  // which [[notify]]
  Alarm alarm;
  std::uint32_t time = 1;  // the how-manyth of this alarm by this rule
};

class Schedule {
 public:
  static constexpr std::size_t calls_at_once_max = 4;
  // After one that failed, doubled up to the rule's `repeat`.
  static constexpr std::int64_t retry_first_ms = 5'000;

  explicit Schedule(std::vector<config::Notify> rules) : rules_(std::move(rules)) {}

  // What to do now; each is under way until over() is called.
  std::vector<Call> due(const Standing& alarms, std::int64_t now_ms);
  enum class Outcome { told, failed };
  void over(const Call& call, Outcome outcome, std::int64_t now_ms);

  [[nodiscard]] const std::vector<config::Notify>& rules() const { return rules_; }

 private:
  struct Telling {
    std::int64_t next_ms = 0;
    std::int64_t pause_ms = 0;  // before the next; 0: it was never told
    std::int64_t retry_ms = 0;  // before the next, while it fails
    std::uint32_t told = 0;
    journal::Sequence entry = 0;  // that raised it: the same id may be raised again
    bool under_way = false;
  };
  using Key = std::pair<std::size_t, std::string>;

  void forget(const Standing& alarms);

  std::vector<config::Notify> rules_;
  std::map<Key, Telling> tellings_;
  std::size_t under_way_ = 0;
};

// Whether the rule asks for alarms such as this.
bool concerns(const config::Notify& rule, const Alarm& alarm);

}  // namespace noroshi::alarms
