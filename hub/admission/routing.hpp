// Where an alert that is about to be accepted will go: its own places, and those of everything it
// refers to.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <string>
#include <vector>

#include "hub/admission/accepted_alerts.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::admission {

// What of `alert` a later alert that refers to it needs to be routed by, serialised.
std::string stored_routing(const v1::AlertAccepted& alert);

class Routing {
 public:
  // A fold of the log: when the subscriptions changed.
  void apply(const v1::Entry& entry);

  // Completes the routing of `alert`, which will be accepted as `sequence`. Own part first, then
  // what every referenced alert was routed by, and what it follows without naming it if anything:
  // whoever shows an order hears that it was changed, lifted or cancelled, even if the new text no
  // longer names their place. More parts than the log should keep go to everybody.
  void complete(v1::AlertAccepted& alert, journal::Sequence sequence,
                const AcceptedAlerts& accepted, const AcceptedAlert* follows) const;

 private:
  void inherit(v1::AlertAccepted& alert, const AcceptedAlert& earlier) const;
  [[nodiscard]] bool same_subscriptions(journal::Sequence a, journal::Sequence b) const;

  std::vector<journal::Sequence> subscription_changes_;  // ascending
};

}  // namespace noroshi::admission
