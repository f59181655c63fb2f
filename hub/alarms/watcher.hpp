// Raises alarms and clears them, by what the log adds up to and by what it is told; asks for the
// ladders whose deadlines are over and, while somebody is missing there, asks again.
//
// What it writes goes into the log and comes back by apply(): only then does an alarm stand. The
// same trouble raises no second alarm while the first stands or is on its way, a restart or not.
//
// Bounds     looks_at_once_max questions about ladders at a time, written_at_once_max entries;
//            standing_max alarms, beyond which nothing more is raised.
// Threading  none inside; answers come on the thread that calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "hub/alarms/clock_watch.hpp"
#include "hub/alarms/folds.hpp"
#include "hub/view/view.hpp"
#include "proto/result.hpp"

namespace noroshi::alarms {

// What the watcher asks and tells. `steady_ms` never jumps; wall time is only compared with it.
struct Surroundings {
  using LadderAnswer = std::function<void(Result<view::Ladder>)>;
  std::function<std::int64_t()> wall_ms;
  std::function<std::int64_t()> steady_ms;
  std::function<void(const drills::Channel&, journal::Sequence, LadderAnswer)> ladder;
  // Whether it became an entry; asked again later when not.
  std::function<void(v1::EntryBody, std::function<void(bool)>)> write;
};

// Since the start.
struct WatcherCounts {
  std::map<std::string, std::uint64_t> kept;    // deadlines, by kind
  std::map<std::string, std::uint64_t> missed;  // the same
};

class Watcher {
 public:
  static constexpr std::size_t looks_at_once_max = 4;
  static constexpr std::size_t written_at_once_max = 64;
  static constexpr std::size_t standing_max = 10'000;
  // Between two looks at a ladder where somebody is missing.
  static constexpr std::int64_t look_again_first_ms = 2'000;
  static constexpr std::int64_t look_again_most_ms = 60'000;

  // `folds` as of the log's head.
  Watcher(Folds folds, Surroundings surroundings);

  // The next entry of the log.
  void apply(const v1::Entry& entry);
  // Does what is due; to be called about every half second.
  void tick();

  // A subscriber holds more than this log has.
  void rolled_back(const std::string& subscriber, const std::string& drill,
                   const std::string& detail);
  // Free space of the data directory, and what is too little of it.
  void disk(std::uint64_t free_bytes, std::uint64_t least_bytes);
  // Whether the kernel says that something keeps its clock right.
  void clock_synchronised(bool is) { clock_.synchronised(is, now_ms()); }

  [[nodiscard]] const Standing& alarms() const { return folds_.alarms; }
  [[nodiscard]] const Deadlines& deadlines() const { return folds_.deadlines; }
  [[nodiscard]] const WatcherCounts& counts() const { return counts_; }
  // The hub's time by the steady clock: wall time at the start and what has passed since.
  [[nodiscard]] std::int64_t now_ms() const;

 private:
  struct Watched {
    Look look;
    std::int64_t pause_ms = look_again_first_ms;
    bool judged = false;  // counted as kept or missed
  };

  void take_due();
  void look_around();
  void looked(const std::string& id, const Result<view::Ladder>& ladder);
  void look_again(const std::string& id);
  void reconcile(std::string_view kind, const Troubles& troubles);
  void reconcile_orders();
  void reconcile_clock();
  void sweep();
  [[nodiscard]] bool over(const std::string& drill) const;
  void raise(v1::AlarmRaised raised);
  void clear(const std::string& id);
  void write(const std::string& id, v1::EntryBody body);

  Folds folds_;
  Surroundings surroundings_;
  ClockWatch clock_;
  std::int64_t wall_at_start_ms_;
  std::int64_t steady_at_start_ms_;
  std::map<std::string, Watched> watched_;                 // by the alarm's id
  std::set<std::pair<std::int64_t, std::string>> agenda_;  // when to look next, and at which
  std::size_t looking_ = 0;
  std::set<std::string> under_way_;  // being written
  WatcherCounts counts_;
};

}  // namespace noroshi::alarms
