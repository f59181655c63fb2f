// noroshi-hub backup FILE: all that a hub is made of in one file, while it runs or not, sealed with
// the key of its log.
#pragma once

#include <filesystem>
#include <span>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"
#include "proto/merkle/note.hpp"

namespace noroshi::admin {

// Small, because alerts wait for it.
inline constexpr journal::ReadBounds backed_up_page{256, 256u << 10};

// The answer to Action::backup: one page of the log in `json`, {"entries","contents"} in base64, a
// content for each entry or null.
AdminAnswer backed_up(std::span<const journal::StoredPtr> page);

// Everything up to where the log ends now, and the files of the directory. `file` must not exist,
// and is there only when it is whole. `signer` is the log's.
AdminAnswer take_backup(const Ask& ask, const DataDirectory& directory,
                        const merkle::NoteSigner& signer, const std::filesystem::path& file,
                        Language language, const ExportProgress& progress);

}  // namespace noroshi::admin
