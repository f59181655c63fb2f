// Keys of logs as typed.
#pragma once

#include <string>

#include "proto/merkle/note.hpp"
#include "proto/result.hpp"

namespace noroshi::subscribers {

// Either the key itself, "<name>+<id>+<base64>", or a file whose first line it is (audit.pub).
// invalid: neither; `detail` says why.
Result<merkle::NoteVerifier> audit_key_of(const std::string& typed);

}  // namespace noroshi::subscribers
