// A log made again from the entries of another: the same bytes under the same sequences, and behind
// them the LogRestored that begins a new epoch. So a repeated submission finds its first answer,
// and every proof over the entries before still holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "hub/journal/journal.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

struct CopiedEntry {
  std::string bytes;
  std::shared_ptr<const std::string> content;  // null when it has none or it was archived
};
// The next entry, from the first on; nothing behind the last.
using NextEntry = std::function<Result<std::optional<CopiedEntry>>()>;

struct Restoration {
  TreeHead tree;            // of the entries that come
  std::string checkpoint;   // the signed note that says so
  std::uint64_t epoch = 0;  // the new one
};

// `file` appears whole, synced and with exactly `restoration.tree` in front of the new epoch, or
// not at all. Failure  conflict when `file` exists; refused when the entries are not those of the
// tree; io; what
//          `next` fails with.
Result<void> restore_sqlite(const std::filesystem::path& file, const NextEntry& next,
                            const Restoration& restoration, const WallClock& clock);

}  // namespace noroshi::journal
