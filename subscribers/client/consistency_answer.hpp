// The proof in what GET /v1/audit/consistency answers.
#pragma once

#include <string_view>

#include "proto/merkle/proof.hpp"
#include "proto/result.hpp"

namespace noroshi::subscribers {

// Only the proof: sizes and roots are those of the checkpoints that were signed, whatever is said
// beside it. invalid for anything but {…,"proof":[base64 of 32 bytes, …]}, at most 128 of them.
Result<merkle::Proof> consistency_proof_in(std::string_view answer);

}  // namespace noroshi::subscribers
