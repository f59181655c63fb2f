// One addressed subscriber's row of an alert's ladder: how far the alert has come there, and on
// which of its media it is shown.
//
// Pure functions over what was reported, in the order of the log.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::view {

using journal::Sequence;

// What a subscriber last reported of one medium.
struct Medium {
  std::string name;
  // `replaced`: it shows there what took the alert's place.
  enum class State { shown, replaced, withdrawn, refused } state = State::shown;
  std::int64_t shown_ms = 0;     // since when it was, or is, on air, by the subscriber's clock; 0:
                                 // it never was
  std::int64_t at_ms = 0;        // of the state, by the subscriber's clock
  std::int64_t recorded_ms = 0;  // when the hub had it in its log
  std::string detail = {};
};

struct Rung {
  std::string subscriber;
  std::string name;
  // `replaced`: it has what took the alert's place, and reports the alert on no medium.
  enum class State { queued, delivered, shown, replaced, withdrawn, passed, refused };
  State state = State::queued;
  enum class Stored { no, delivered, passed } stored = Stored::no;
  std::int64_t at_ms = 0;  // when it was stored there, or passed; 0 while it is not
  std::vector<Medium> media = {};
  // Of the alerts this one refers to: whether it ever showed one, and still does on some medium.
  enum class Earlier { never_shown, shown, withdrawn } earlier = Earlier::never_shown;
};

// The media of each subscriber, from the reports of one alert.
class Reports {
 public:
  // The next in the log, of this alert; one with an id that its subscriber used before changes
  // nothing.
  void add(const v1::ReceiptsOfAlert& reports, std::int64_t recorded_ms);

  [[nodiscard]] const std::vector<Medium>* of(const std::string& subscriber) const;

 private:
  struct Reporter {
    std::vector<Medium> media;
    std::unordered_set<std::string> ids;
  };
  std::unordered_map<std::string, Reporter> reporters_;
};

// On whose medium what took the alert's place has been on air, the alert is no longer.
void replace_by(std::vector<Medium>& media, const std::vector<Medium>& of_successor);

// What a row adds up to; `has_successor`: the subscriber has stored what took the alert's place.
Rung::State state_of(Rung::Stored stored, const std::vector<Medium>& media, bool has_successor);

}  // namespace noroshi::view
