// Which ladders are to be looked at when: a fold of the log over the deadlines of each publisher as
// they were when it sent an alert.
//
// Bounds     looks_max, the oldest forgotten first; in a replay none that was due longer ago than
//            looked_again_ms.
// Threading  none inside.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"
#include "hub/view/view.hpp"

namespace noroshi::alarms {

inline constexpr std::uint32_t deadline_max_s = 24 * 60 * 60;
// For so long after it was raised an alarm about a deadline stands, and is looked after.
inline constexpr std::int64_t looked_after_ms = std::int64_t{7} * 24 * 60 * 60 * 1000;

// A step of the ladder that all who are addressed are to have reached.
enum class Step { delivered, shown, withdrawn };
std::string_view kind_of(Step step);
// delivered, shown, withdrawn.
std::string_view name_of(Step step);

// A step that an alert has a deadline for, so long after its acceptance.
struct Limit {
  Step step = Step::delivered;
  std::uint32_t within_s = 0;
};

struct Look {
  journal::Sequence alert = 0;
  Step step = Step::delivered;
  std::string publisher;
  std::uint32_t within_s = 0;
  std::int64_t due_ms = 0;
  drills::Channel channel;
};

// Who has not reached a step. Of `shown` whoever passed over, refused or replaced the alert is not
// missing; of `withdrawn` whoever still shows on some medium what the alert refers to is.
struct Missing {
  static constexpr std::size_t names_max = 100;
  std::vector<std::string> subscribers;  // the first names_max of them
  std::uint32_t count = 0;
};
Missing missing_in(const view::Ladder& ladder, Step step);
bool has_reached(const view::Rung& rung, Step step);

class Deadlines {
 public:
  static constexpr std::size_t looks_max = 16'384;
  // Of one publisher; what an alert before the oldest had is forgotten.
  static constexpr std::size_t changes_max = 64;

  // `at_ms` is when it was accepted, by the clock that take_due() is asked with.
  void apply(const v1::Entry& entry, std::int64_t at_ms);
  // Those that are due by then, earliest first; they are not told again.
  std::vector<Look> take_due(std::int64_t now_ms);

  // What its publisher's deadlines were when the alert was accepted as `sequence`; in the order of
  // the steps.
  [[nodiscard]] std::vector<Limit> of(const v1::AlertAccepted& alert,
                                      journal::Sequence sequence) const;

  [[nodiscard]] std::size_t waiting() const { return looks_.size(); }

 private:
  void register_deadlines(const v1::PublisherRegistered& registered, journal::Sequence sequence);
  void await(const v1::AlertAccepted& alert, journal::Sequence sequence, std::int64_t at_ms);

  using Changes = std::map<journal::Sequence, v1::Deadlines>;  // since which entry they are what
  std::map<std::string, Changes, std::less<>> of_publishers_;  // who has or had any
  std::multimap<std::int64_t, Look> looks_;                    // by when they are due
};

}  // namespace noroshi::alarms
