// What an alert refers to, as far as the hub has accepted it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include "hub/admission/accepted_alerts.hpp"

namespace noroshi::admission {

// Gives each reference of `alert` its sequence, and lists what is known and what is not.
void name_references(v1::AlertAccepted& alert, const AcceptedAlerts& accepted);

}  // namespace noroshi::admission
