// The file `tree-head` beside journal.db: the last head of the log that was signed (C2SP
// checkpoint). A log that was replaced by an older copy, cut short, rewritten or swapped with
// another hub's does not go on from it, and is not served.
//
// It is written behind the commits, so it may lack the last of them and never says more than is
// durable. Whoever brings back the whole directory brings back this too: that is seen by those who
// keep checkpoints elsewhere.
#pragma once

#include <optional>

#include "hub/admin/data_directory.hpp"
#include "hub/journal/journal.hpp"
#include "proto/merkle/note.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// How many entries of `journal` the file vouches for; nothing when there is none, as before the
// first start of this version. Reads only.
// Failure  io: `detail` names what was found and what to do.
Result<std::optional<journal::Sequence>> check_tree_head(const DataDirectory& directory,
                                                         const merkle::NoteVerifier& verifier,
                                                         journal::Journal& journal,
                                                         Language language);

// The same at the start of a hub, in the language of the process; one that is not there is logged,
// and what a kill left of a write is removed.
Result<void> start_from_tree_head(const DataDirectory& directory,
                                  const merkle::NoteVerifier& verifier, journal::Journal& journal);

// Whole and durable, or what was there before.
Result<void> write_tree_head(const DataDirectory& directory, const merkle::NoteSigner& signer,
                             const journal::TreeHead& tree);

}  // namespace noroshi::admin
