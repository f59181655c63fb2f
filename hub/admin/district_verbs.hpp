// `publisher districts CODE FILE`: the districts a municipality picks when it orders, and their
// polygons.
#pragma once

#include <string>

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// Reads the file, says all that is wrong in it (`FILE: feature 3 (id): why`), and registers its
// districts in place of those there were: none of them when any is bad. A collection without
// features removes them.
AdminAnswer carry_out_districts(const DataDirectory& directory, AdminRequest request,
                                const std::string& file, const journal::WallClock& clock);

// For Action::districts; everything is checked again.
Administration administer_districts(const AdminRequest& request,
                                    const registry::Registry& registry);

}  // namespace noroshi::admin
