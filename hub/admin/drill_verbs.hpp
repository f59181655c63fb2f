// The verbs on drill sessions, as a part of administer(), and how their user calls them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// What is typed of `drill open` beside its id and name.
struct DrillOptions {
  std::vector<std::string> publishers;
  std::vector<std::string> subscribers;
  std::string start;  // a CAP dateTime or `now`; empty: now
  std::string end;    // a CAP dateTime
};

// Reads the times and carries `request` out.
AdminAnswer carry_out_drill(const DataDirectory& directory, AdminRequest request,
                            const DrillOptions& options, const journal::WallClock& clock);

// See administer(); `request` is of Subject::drill. An id is used once, a session lasts 30 days at
// most, and who takes part must be registered.
Administration administer_drills(const AdminRequest& request, const registry::Registry& registry);

// What is wrong with a token of `id` (of an officer, for whom they act) for the session
// `request.drill`, if anything; nothing is wrong with a token for the live path.
std::optional<Error> objection_to_drill_token(const AdminRequest& request,
                                              const registry::Registry& registry,
                                              std::string_view id);

}  // namespace noroshi::admin
