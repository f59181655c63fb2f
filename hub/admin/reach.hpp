// One way to the registry for every verb: the running hub, or the log itself when none runs.
#pragma once

#include <functional>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// Carries out one verb after another, each as carry_out() does; a log that had to be opened for one
// stays open for the rest.
using Ask = std::function<AdminAnswer(const AdminRequest&)>;
Ask reach(const DataDirectory& directory, const journal::WallClock& clock);

// Asks the hub that runs over `directory`; without one, opens the log and carries the verb out.
// Everything that goes wrong is in the answer. Not for Action::status.
AdminAnswer carry_out(const DataDirectory& directory, const AdminRequest& request,
                      const journal::WallClock& clock);

// What the running hub says of itself; without one, exit code 1 and where the log ends.
AdminAnswer status_of(const DataDirectory& directory, Language language,
                      const journal::WallClock& clock);

}  // namespace noroshi::admin
