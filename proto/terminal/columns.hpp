// How wide a text is on a terminal (Unicode Standard Annex #11, East Asian Width). Where terminals
// differ about a character the larger width counts, so that a line that fits here fits there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noroshi::terminal {

// `text` is printable().
std::size_t columns(std::string_view text);

// `text` in at most `width` columns: what does not fit is cut off between characters, and "…" says
// so.
std::string fitted(std::string_view text, std::size_t width);

}  // namespace noroshi::terminal
