// The target of a request in origin form (RFC 9112, section 3.2.1), read strictly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace noroshi::wire {

struct Target {
  std::string path;  // percent-decoded
  // Decoded as HTML forms and URLSearchParams write it: '+' is a blank.
  std::vector<std::pair<std::string, std::string>> query;
};

// Nothing unless it begins with one '/', has only characters of RFC 3986 (any visible one but
// `"#<>` in the query), whole percent-encodings, valid UTF-8 without control characters in the
// path (without NUL in the query), no encoded slash or backslash in the path, and no "." or ".."
// segment, encoded or not.
std::optional<Target> read_target(std::string_view target);

}  // namespace noroshi::wire
