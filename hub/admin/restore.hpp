// noroshi-hub restore FILE: a data directory from a backup, once all of it is verified. The log
// begins a new epoch there, so that nobody takes it for the one that went on without it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

struct RestoreTerms {
  std::string file;
  std::optional<std::string> audit_key;  // audit.pub kept elsewhere; else the backup's own
  std::optional<std::string> tree_head;  // the last checkpoint known of that log
  bool older = false;                    // although it ends before that checkpoint
};

// Reads the file twice: nothing is written before the first time has found it whole, sealed and of
// one log. `directory` must be missing or empty.
// Failure  refused where the backup is damaged, forged, of another log or older than known.
AdminAnswer restore_backup(const RestoreTerms& terms, const DataDirectory& directory,
                           const journal::WallClock& clock, Language language,
                           const ExportProgress& progress);

}  // namespace noroshi::admin
