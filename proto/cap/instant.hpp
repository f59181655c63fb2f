// The one form of time CAP 1.2 knows (section 3.3.2): 2026-11-22T12:00:00+09:00.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::cap {

// Milliseconds since 1970 UTC of `YYYY-MM-DDThh:mm:ss±hh:mm`. Nothing for any other form: no `Z`,
// no fraction, no surrounding white space, only days that exist, years from 0001, offsets to 14:00.
std::optional<std::int64_t> unix_milliseconds(std::string_view cap_datetime);

// The CAP form of an instant, its milliseconds cut off downwards, in the zone `offset_minutes` east
// of UTC (Japan by default). Years 0001–9999 and offsets within ±14 hours only.
std::string cap_datetime(std::int64_t unix_milliseconds, int offset_minutes = 540);

}  // namespace noroshi::cap
