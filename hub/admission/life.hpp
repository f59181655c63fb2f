// Whether an alert may follow what was accepted before it: the life of an order.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "hub/admission/accepted_alerts.hpp"
#include "hub/admission/refusal.hpp"

namespace noroshi::admission {

// Refuses what refers to a cancelled alert, and a Cancel of nothing the hub knows.
std::optional<Refusal> breaks_life(const v1::AlertAccepted& draft, const AcceptedAlerts& accepted);

// Identifiers among its references that the hub has never accepted of its publisher.
std::vector<std::string> unknown_references(const v1::AlertAccepted& draft,
                                            const AcceptedAlerts& accepted);

}  // namespace noroshi::admission
