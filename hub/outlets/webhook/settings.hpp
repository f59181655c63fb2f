// The outlet's settings, read.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "hub/outlets/webhook/webhooks.hpp"

namespace noroshi::webhook {

// `ca_pem`, relative to `data`, is trusted beside the system's certificates; empty: nothing is.
// configuration when it cannot be read or `networks` holds what is none.
Result<Settings> settings_of(const std::filesystem::path& data, const std::filesystem::path& ca_pem,
                             const std::vector<std::string>& networks,
                             std::chrono::milliseconds first_wait,
                             std::chrono::milliseconds give_up_after);

}  // namespace noroshi::webhook
