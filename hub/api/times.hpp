// Times as the API writes them.
#pragma once

#include <cstdint>
#include <string>

namespace noroshi::api {

// RFC 3339 in Japan's time with milliseconds: 2026-11-22T03:00:00.123+09:00.
std::string timestamp(std::int64_t unix_ms);

}  // namespace noroshi::api
