// From the bytes of a document to its text: rule R001's charsets.
//
// The document says its charset by its byte order mark, by the shape of its first bytes (UTF-16) or
// by its XML declaration; one that says nothing is UTF-8 (XML 1.0, section 4.3.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "proto/cap/finding.hpp"

namespace noroshi::cap {

// The text in UTF-8: sound, without byte order mark and NUL, every line end one line feed (XML 1.0,
// section 2.11). Its XML declaration still names the original charset.
//
// `declared` is the charset of the Content-Type, if it had one. One that differs from what the
// document says of itself is refused, and so is one for a document that says nothing and is not
// UTF-8: the bytes are stored and passed on without the Content-Type.
tl::expected<std::string, Finding> decode(std::string_view bytes,
                                          std::optional<std::string_view> declared);

}  // namespace noroshi::cap
