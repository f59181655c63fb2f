// The bytes of an alert from a file or stdin.
#pragma once

#include <string>

#include "proto/result.hpp"

namespace noroshi::publishers {

// `file` "-" is stdin. Reads no more than one byte beyond what an alert may have, which is enough
// to see that it is too large. `io` when it cannot be read.
Result<std::string> read_document(const std::string& file);

}  // namespace noroshi::publishers
