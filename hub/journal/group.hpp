// What the engines share: how a group of proposals becomes entries, and how an entry is read back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/journal/entry.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/judge.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

// An entry that is about to be written, with what is written beside it.
struct Leaf {
  StoredPtr stored;
  Hash hash;                    // leaf_hash of stored->bytes
  std::optional<AlertKey> key;  // unique for ever
  std::optional<Hash> content;  // content_hash of *stored->content
};

struct Group {
  std::vector<Outcome> outcomes;  // one for each proposal
  std::vector<Leaf> leaves;       // dense after the head, possibly none
};

// Loads an entry at or below the head.
using Find = std::function<Result<StoredPtr>(Sequence)>;

// Decides `proposals` in order after `head`. `judge` has applied every leaf when this returns, so
// whoever cannot write them all is broken for good.
// Failure  io, from `find` or because the judge contradicts the log.
Result<Group> decide(std::span<const Proposal> proposals, Sequence head, Judge& judge,
                     const WallClock& clock, const Find& find);

// Entry 1.
Leaf opening(std::uint64_t epoch, const std::string& environment, std::int64_t at_ms);

// The first entry of a new epoch, behind the entries of the one before.
Leaf restoring(std::uint64_t epoch, const std::string& checkpoint, Sequence sequence,
               std::int64_t at_ms);

// What was written as `sequence` elsewhere, to be written here; without `content` it was archived.
// Failure  io when the bytes are no such entry, or name another content.
Result<Leaf> copied(Sequence sequence, std::string bytes,
                    std::shared_ptr<const std::string> content);

// The entry in `bytes`, when they are what was written as `sequence`; io otherwise.
Result<v1::Entry> read_entry(Sequence sequence, std::string_view bytes, std::string_view leaf);

// Whether `hash` (or none) is what `entry` says of its content. Kinds that say nothing agree.
[[nodiscard]] bool names_content(const v1::Entry& entry, const std::optional<Hash>& hash);

[[nodiscard]] std::string_view bytes_of(const Hash& hash);

}  // namespace noroshi::journal
