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

class Deadlines {
 public:
  static constexpr std::size_t looks_max = 16'384;

  // `at_ms` is when it was accepted, by the clock that take_due() is asked with.
  void apply(const v1::Entry& entry, std::int64_t at_ms);
  // Those that are due by then, earliest first; they are not told again.
  std::vector<Look> take_due(std::int64_t now_ms);

  [[nodiscard]] std::size_t waiting() const { return looks_.size(); }

 private:
  void await(const v1::AlertAccepted& alert, journal::Sequence sequence, std::int64_t at_ms);

  std::map<std::string, v1::Deadlines, std::less<>> of_publishers_;  // who has any
  std::multimap<std::int64_t, Look> looks_;                          // by when they are due
};

}  // namespace noroshi::alarms
