// The asking end of admin.sock.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "hub/admin/request.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// Asks the hub that listens on `socket_file` and waits for its answer. Nothing when no hub listens
// there. Errors: unavailable when it does not answer within `patience` (whether it acted is then
// not known), refused when the file's permission keeps us out, protocol when the answer makes no
// sense.
Result<std::optional<AdminAnswer>> ask_hub(
    const std::filesystem::path& socket_file, const AdminRequest& request,
    std::chrono::milliseconds patience = std::chrono::seconds(30));

}  // namespace noroshi::admin
