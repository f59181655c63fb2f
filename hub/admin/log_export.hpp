// noroshi-hub audit export DIR, and audit verify DIR: the log as a directory that anyone can verify
// without us.
//
//   checkpoint   the signed note (C2SP tlog-checkpoint) over all that is here
//   audit.pub    whose signature it bears (C2SP signed-note); to be compared with one from
//   elsewhere entries      the leaves in order, each behind its length as a varint (Protocol
//   Buffers'
//                delimited messages, noroshi.v1.Entry)
//   contents/    the accepted documents, each under its SHA-256 in hexadecimal; one that was
//                archived or erased is missing, which no proof minds
//   README.txt   how to verify it
//
// Other contents, such as secrets of webhooks, are never exported: their entries name a hash only.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/admin/reach.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"
#include "proto/merkle/checkpoint.hpp"

namespace noroshi::admin {

// What a page of these terms may hold.
journal::ReadBounds exported_page(const AuditTerms& terms);

// The answer to Action::export_: one page of the log in `json`, {"entries","contents"} in base64.
AdminAnswer exported(std::span<const journal::StoredPtr> page);

// Each in the order of the log.
struct ExportedPage {
  std::vector<std::string> entries;   // their stored bytes
  std::vector<std::string> contents;  // of those alerts that still have theirs
};
// Nothing where it is not what exported() writes.
std::optional<ExportedPage> exported_page_in(const AdminAnswer& answer);

// The signed note over the log as it is now, and what it says.
struct AskedCheckpoint {
  std::string note;
  merkle::Checkpoint said;
};
tl::expected<AskedCheckpoint, AdminAnswer> ask_checkpoint(const Ask& ask, Language language);

// Asks for a checkpoint and then for page after page, and writes them down. `directory` is made and
// must not exist; it is complete when it has a README.txt. `progress` is told now and then.
using ExportProgress = std::function<void(journal::Sequence written, journal::Sequence all)>;
AdminAnswer export_log(const Ask& ask, const std::filesystem::path& directory,
                       const std::string& audit_pub, Language language,
                       const ExportProgress& progress);

// Whether all that is in an exported directory is what its checkpoint says. The key is that of
// `key_file`, or else the directory's own.
// Bounds  16 MiB an entry and a content.
AdminAnswer verify_export(const std::filesystem::path& directory,
                          const std::optional<std::string>& key_file, Language language);

}  // namespace noroshi::admin
