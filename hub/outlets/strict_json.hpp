// JSON as RFC 8259 has it and not a bit more lenient, checked before protobuf's own reader, which
// also takes comments, single quotes, names without quotes, and the last of several same members.
#pragma once

#include <string_view>

#include "proto/result.hpp"

namespace noroshi::outlets {

// invalid when `text` is no object in UTF-8, is nested deeper than 16, or has an object with two
// members of one name. The caller bounds its size.
Result<void> check_json(std::string_view text);

}  // namespace noroshi::outlets
