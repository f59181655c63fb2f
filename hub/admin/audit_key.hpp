// The key that the log signs its checkpoints with: keys/audit.key (the seed in base64, 0600), and
// for whoever checks them the verifier in audit.pub (C2SP signed-note).
#pragma once

#include "hub/admin/data_directory.hpp"
#include "proto/merkle/note.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// It signs in the name of the log: `noroshi/<epoch>`. Makes the key where there is none: in a new
// directory, and in one of an earlier version.
// Failure  configuration when the file is no key, or others may read it; io.
Result<merkle::NoteSigner> audit_key(const DataDirectory& directory, std::uint64_t epoch);

// The key as it is there, in the name that audit.pub has. Changes nothing.
Result<merkle::NoteSigner> audit_key_of(const DataDirectory& directory);

}  // namespace noroshi::admin
