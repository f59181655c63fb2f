// How long, as people write it in the configuration and on the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::config {

// `10s`, `5m`, `1h`, or a bare number of seconds; at most nine digits. Nothing for anything else.
std::optional<std::chrono::seconds> duration_of(std::string_view text);

// In the largest unit that divides it: `90s`, `2m`, `1h`.
std::string duration_text(std::chrono::seconds duration);

}  // namespace noroshi::config
