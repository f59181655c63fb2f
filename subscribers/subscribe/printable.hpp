// Text from outside, fit for a terminal, a log line or a variable.
#pragma once

#include <string>
#include <string_view>

namespace noroshi::subscribers {

// `text` (UTF-8) without control characters (C0, DEL, C1) and without those that reorder or hide
// text (bidirectional controls, zero-width marks, line and paragraph separators). A line break
// becomes a blank, a byte that is not UTF-8 the replacement character.
std::string printable(std::string_view text);

}  // namespace noroshi::subscribers
