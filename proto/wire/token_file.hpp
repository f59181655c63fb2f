// As whom to call a hub.
#pragma once

#include <filesystem>
#include <string>

#include "proto/result.hpp"

namespace noroshi::wire {

// The token in a file: its first line without surrounding blanks. `configuration` when the file
// cannot be read, is empty, may be read by everybody, or holds what no HTTP field can carry.
Result<std::string> read_token(const std::filesystem::path& file);

}  // namespace noroshi::wire
