// An alert as JSON: the message noroshi.v1.Reading in protobuf's JSON mapping, written from the
// table of elements. A test reads it back as that message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/cap/document.hpp"

namespace noroshi::cap {

// One object without a line break, in ASCII wherever a character is not shown. Coordinates, radii
// and heights keep the digits of the document; of an alert that breaks the rules about them, a
// polygon or circle that cannot be read is empty and such a height is left out.
std::string json(const Alert& alert);

// What accepted bytes say, read again without judging them. Nothing when they are no CAP 1.2 alert:
// never of bytes that were accepted. Thread-safe; the cost grows with the size.
std::optional<std::string> reading(std::string_view accepted_bytes);

}  // namespace noroshi::cap
