// Keys of logs as typed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "proto/merkle/cosignature.hpp"
#include "proto/merkle/note.hpp"
#include "proto/result.hpp"

namespace noroshi::subscribers {

// Either the key itself, "<name>+<id>+<base64>", or a file whose first line it is (audit.pub).
// invalid: neither; `detail` says why.
Result<merkle::NoteVerifier> audit_key_of(const std::string& typed);

// A witness's key of its own. configuration: not one, or others may read it.
Result<std::shared_ptr<const merkle::Cosigner>> read_cosigner(const std::filesystem::path& file);
// Makes one, readable by its owner only. conflict: something is there; invalid: no name for a key.
Result<merkle::WitnessKey> make_cosigner(const std::string& name,
                                         const std::filesystem::path& file);

}  // namespace noroshi::subscribers
