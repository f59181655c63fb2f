// Files that are either whole and on the disk or not there.
#pragma once

#include <filesystem>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::subscribers {

// Writes a hidden temporary beside `path` (never through a link), fsyncs it and renames it to
// `path`. The name itself is on the disk after sync_folder(). `io` on failure, with nothing under
// `path` changed and no temporary left.
Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes);

// Makes the names in `folder` survive a power cut.
Result<void> sync_folder(const std::filesystem::path& folder);

// Makes `folder` and all above it that are missing, each with its name on the disk. One that is
// there already costs nothing.
Result<void> make_folder(const std::filesystem::path& folder);

// Takes away temporaries that a crash has left in `folder`; only while nobody writes there.
void remove_temporaries(const std::filesystem::path& folder);

}  // namespace noroshi::subscribers
