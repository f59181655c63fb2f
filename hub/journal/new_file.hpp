// A file that appears in its directory whole, or not at all, and stays there after a power cut.
#pragma once

#include <filesystem>

#include "proto/result.hpp"

namespace noroshi::journal {

// Where a file is prepared before it is published: `file` with ".new" behind it.
std::filesystem::path draft_of(const std::filesystem::path& file);

// An empty draft, readable by its owner only; what an earlier attempt left there is removed.
Result<void> begin_draft(const std::filesystem::path& file);

// Syncs the draft and gives it its name. Failure: conflict when `file` exists by now.
Result<void> publish_draft(const std::filesystem::path& file);

// Makes the names in the directory of `file` durable.
Result<void> sync_directory_of(const std::filesystem::path& file);

}  // namespace noroshi::journal
