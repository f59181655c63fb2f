// The way into CAP for everybody: bytes in, a verdict out. Pure, thread-safe, without keys and
// without anybody's state: signatures (R080, R081) and the life of orders (R090, R091) are
// admission's to judge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/finding.hpp"

namespace noroshi::cap {

struct Verdict {
  std::optional<Alert> alert;     // whenever it could be read, also with errors
  std::vector<Finding> findings;  // all of them, in document order

  // Whether no finding is an error.
  bool accepted() const;

  // What the API answers: empty when accepted, else "xml.malformed", "xml.doctype", "xml.depth",
  // "xml.encoding", "too-large" or "alert.invalid".
  std::string code() const;
};

// `declared_charset` is the charset parameter of the Content-Type, if there was one; `now_ms` the
// time in Unix milliseconds, which only the warning about a future `sent` looks at.
//
// Bounds  those of limits.hpp; of errors and of other findings the first 256 each are kept.
// Cost    grows with the size of the document, whatever stands in it.
Verdict validate(std::string_view bytes, std::optional<std::string_view> declared_charset,
                 std::int64_t now_ms);

}  // namespace noroshi::cap
