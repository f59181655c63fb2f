// `publisher import`: many publishers at once, out of the official list.
#pragma once

#include <string>

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

struct ImportOptions {
  std::string file;
  bool dry_run = false;
  bool skip_bad = false;
};

// Reads the list, says what is wrong in it (`FILE:line:column: why`), and has the rest registered:
// nothing of it when any row is bad, unless bad rows are to be skipped.
AdminAnswer carry_out_import(const DataDirectory& directory, AdminRequest request,
                             const ImportOptions& options, const journal::WallClock& clock);

// For Action::import_: each of `request.listed` that is new is registered for its own area, without
// a sender and without a token, so that it may not send before both are given; one that is known
// gets the name of the list and keeps everything else. What is as listed already writes nothing.
Administration import_publishers(const AdminRequest& request, const registry::Registry& registry);

}  // namespace noroshi::admin
