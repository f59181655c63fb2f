// Troubles that other rooms write into the log and that stand by themselves: folds of it.
//
// Bounds     of each subscriber's dead webhooks the last kept_max, as many as are kept for a
// replay;
//            those of probes that are not replaced by a later probe of the same.
// Threading  none inside.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "hub/journal/entry.hpp"

namespace noroshi::alarms {

// What to raise, by the alarm's id.
using Troubles = std::map<std::string, v1::AlarmRaised>;

// Subscribers with webhooks that were given up and are not tried again, as long as they take
// webhooks at all. An alarm each.
class DeadWebhooks {
 public:
  static constexpr std::size_t kept_max = 1024;  // delivery::WebhookLetters::dead_max
  void apply(const v1::Entry& entry);
  [[nodiscard]] Troubles troubles() const;

 private:
  void registered(const v1::SubscriberRegistered& subscriber);
  void replayed(const v1::WebhookReplayed& again);

  using Whose = std::pair<std::string, std::string>;  // subscriber, drill
  struct Dead {
    std::set<journal::Sequence> alerts;
    std::string detail;  // of the last
  };
  std::map<Whose, Dead> dead_;
};

// The last probe of all subscribers, and the last of those asked for by name, when steps of it are
// missing: until one arrives everywhere.
class FailedProbes {
 public:
  static constexpr std::size_t started_max = 64;
  void apply(const v1::Entry& entry);
  [[nodiscard]] const Troubles& troubles() const { return failed_; }

 private:
  std::map<journal::Sequence, std::string> started_;  // the id of the alarm it would raise
  Troubles failed_;
};

}  // namespace noroshi::alarms
