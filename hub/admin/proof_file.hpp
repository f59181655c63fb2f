// A proof as one JSON object, the way GET /v1/audit/… and `audit prove` give it (contract,
// "Audit").
#pragma once

#include <string_view>

#include "proto/result.hpp"

namespace noroshi::admin {

// Whether the proof in `text` shows what it says. `text` may come from anybody.
// Failure  invalid: not such an object, `detail` names the member; refused: it does not show it,
//          `detail` says why.
Result<void> verify_proof(std::string_view text);

}  // namespace noroshi::admin
