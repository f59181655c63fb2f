// Text from outside, fit for a terminal, a log line or a variable.
#pragma once

#include <string>
#include <string_view>

namespace noroshi::terminal {

// `text` (UTF-8) without what a terminal or a reader would obey instead of show: control characters
// (C0, DEL, C1) and those that reorder or hide text (bidirectional controls, zero-width marks, line
// and paragraph separators). A line break or a tab becomes a blank, a byte that is not UTF-8 the
// replacement character.
std::string printable(std::string_view text);

// Whether printable() would leave `text` as it is.
bool is_printable(std::string_view text);

}  // namespace noroshi::terminal
