// Files that are either whole and on the disk or not there.
#pragma once

#include <filesystem>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::subscribers {

// Writes a hidden temporary beside `path`, fsyncs it and renames it to `path`. The name itself is
// on the disk after sync_folder(). `io` on failure, with nothing under `path` changed.
Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes);

// Makes the names in `folder` survive a power cut.
Result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace noroshi::subscribers
