#include "hub/admission/accepted_alerts.hpp"

#include "hub/admission/routing.hpp"
#include "hub/drills/channel.hpp"

namespace noroshi::admission {
namespace {

// The three values cannot contain a unit separator: cap.R010 and R011 forbid white space and the
// gate control characters.
std::string joined(const v1::AlertAccepted& alert, const std::string& sender,
                   const std::string& identifier) {
  return drills::qualified(alert.drill(), alert.publisher()) + '\x1f' + sender + '\x1f' +
         identifier;
}

}  // namespace

void AcceptedAlerts::apply(const v1::Entry& entry) {
  if (!entry.body().has_alert_accepted()) return;
  const auto& alert = entry.body().alert_accepted();
  const auto& summary = alert.summary();
  by_key_[joined(alert, summary.sender(), summary.identifier())] =
      AcceptedAlert{entry.sequence(), alert.content_sha256(), stored_routing(alert)};
}

const AcceptedAlert* AcceptedAlerts::find(const v1::AlertAccepted& alert, const std::string& sender,
                                          const std::string& identifier) const {
  const auto found = by_key_.find(joined(alert, sender, identifier));
  return found == by_key_.end() ? nullptr : &found->second;
}

}  // namespace noroshi::admission
