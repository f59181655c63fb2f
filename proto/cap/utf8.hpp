// UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noroshi::cap::utf8 {

// Takes the first character off `text`, which must not be empty. A broken sequence gives U+FFFD
// and takes one byte.
char32_t take(std::string_view& text);

// The offset of the first broken sequence; npos when `text` is sound.
std::size_t first_fault(std::string_view text);

// How many characters `text` has; each broken byte counts as one.
std::size_t characters(std::string_view text);

// Of `text` at most `bytes_max`, cut between characters.
std::string_view prefix(std::string_view text, std::size_t bytes_max);

// False for controls, and for characters that only steer how others are shown (direction, joining,
// invisible marks): a terminal must not be given them from outside.
bool shows(char32_t c);

// `c` must be a character, not a surrogate.
void append(std::string& text, char32_t c);

}  // namespace noroshi::cap::utf8
