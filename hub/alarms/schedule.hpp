// When to tell whom of which alarm: at once, again with growing distance while it stands and nobody
// has acknowledged it, and once that it is over, whoever was told that it is not.
//
// An alarm that ends by its acknowledgement is over for who acknowledged it: nobody is told. One
// that is raised anew before somebody was told of its end has, to him, not ended.
//
// Bounds     calls_at_once_max calls under way of each rule, so that one that hangs holds up no
//            other; the rest waits its turn, oldest alarm first, what is over behind what stands.
//            That something is over is tried for over_tried_ms (and again so long after a
//            restart), whatever the clock of the log says.
// Threading  none inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/alarms/standing.hpp"
#include "hub/alarms/told.hpp"
#include "hub/config/notify.hpp"

namespace noroshi::alarms {

struct Call {
  enum class Word { raised, repeated, over };

  std::size_t rule = 0;  // which [[notify]]
  Alarm alarm;
  // The how-manyth of this alarm by this rule since the start; that it is over: always 1.
  std::uint32_t time = 1;
  Word word = Word::raised;
};
std::string_view name_of(Call::Word word);

class Schedule {
 public:
  static constexpr std::size_t calls_at_once_max = 2;
  // After one that failed, doubled up to the rule's `repeat`.
  static constexpr std::int64_t retry_first_ms = 5'000;
  static constexpr std::int64_t over_tried_ms = std::int64_t{24} * 60 * 60 * 1000;

  // `told`: by the last process.
  explicit Schedule(std::vector<config::Notify> rules, Told told = {});

  // What to do now; each is under way until over() is called.
  std::vector<Call> due(const Standing& alarms, std::int64_t now_ms);
  enum class Outcome { told, failed };
  void over(const Call& call, Outcome outcome, std::int64_t now_ms);

  [[nodiscard]] const std::vector<config::Notify>& rules() const { return rules_; }
  [[nodiscard]] const Told& told() const { return told_; }

 private:
  struct Telling {
    std::int64_t next_ms = 0;
    std::int64_t pause_ms = 0;  // before the next; 0: it was never told
    std::int64_t retry_ms = 0;  // before the next, while it fails
    std::uint32_t told = 0;
    journal::Sequence entry = 0;  // that raised it: the same id may be raised again
    bool under_way = false;
  };
  struct Ended {
    Alarm alarm;
    std::int64_t until_ms = 0;  // tried
    std::int64_t next_ms = 0;
    std::int64_t retry_ms = 0;
    bool under_way = false;
  };
  using Key = std::pair<std::size_t, std::string>;

  void forget(const Standing& alarms);
  void find_ended(const Standing& alarms, std::int64_t now_ms);
  void take_standing(const Standing& alarms, std::int64_t now_ms, std::vector<Call>& calls);
  void take_ended(std::int64_t now_ms, std::vector<Call>& calls);
  [[nodiscard]] bool busy(const Key& key) const;
  [[nodiscard]] bool full(std::size_t rule) const { return under_way_[rule] == calls_at_once_max; }
  void said_over(const Call& call, Outcome outcome, std::int64_t now_ms);
  void retry_later(std::int64_t& retry_ms, std::int64_t& next_ms, std::size_t rule,
                   std::int64_t now_ms) const;

  std::vector<config::Notify> rules_;
  std::vector<std::string> channels_;  // of each rule
  Told told_;
  std::map<Key, Telling> tellings_;
  std::map<Key, Ended> ended_;          // of which somebody has to hear
  std::vector<std::size_t> under_way_;  // calls of each rule
};

// Whether the rule asks for alarms such as this.
bool concerns(const config::Notify& rule, const Alarm& alarm);

}  // namespace noroshi::alarms
