// Text from outside, made safe to print.
#pragma once

#include <string>
#include <string_view>

namespace noroshi::admin {

// `text` without what a terminal or a reader would obey instead of show: control characters (C0,
// DEL, C1), line and paragraph separators, and the marks that turn the writing direction around.
// Bytes that are not UTF-8 become U+FFFD.
std::string printable(std::string_view text);

// Whether printable() would leave `text` as it is.
bool is_printable(std::string_view text);

}  // namespace noroshi::admin
