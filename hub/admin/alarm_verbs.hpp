// noroshi-hub alarm list|show|ack: on what the log says of alarms, the running hub's or one that
// was opened.
#pragma once

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/alarms/standing.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// For Subject::alarm; pure.
Administration administer_alarms(const AdminRequest& request, const alarms::Standing& alarms);

// The answer to `status`, with the alarms that stand: rows for people, `alarms` for programs.
AdminAnswer status_with_alarms(std::string_view live_json, const alarms::Standing& alarms,
                               Language language);

}  // namespace noroshi::admin
