// One append-only log of entries: dense sequences from 1, one writer, durable before it answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hub/journal/entry.hpp"
#include "hub/journal/judge.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

// Wall time in Unix milliseconds.
using WallClock = std::function<std::int64_t()>;

struct Head {
  Sequence sequence = 0;  // of the last entry
  std::uint64_t epoch = 0;
  std::string environment;
};

// The Merkle tree over all entries (RFC 6962; leaf index = sequence - 1).
struct TreeHead {
  Sequence size = 0;
  Hash root{};
};

struct ReadBounds {
  std::size_t entries_max = 256;
  std::size_t bytes_max = 1 << 20;  // of entries and contents together; at least one is read
};

// The store of record. Engines: in memory (tests), SQLite, later PostgreSQL; one contract suite.
//
// Threading  one owner thread (JournalThread); nothing else calls it.
// Failure    an error of append() or read() with ErrorCode::io is final: the process must stop
//            acknowledging, exit and verify at start. A failed sync is never retried.
class Journal {
 public:
  virtual ~Journal() = default;

  // Decides each proposal in order at the head and writes what is accepted with one commit. When
  // it returns, every Committed and Refused entry is durable. One Outcome for each proposal.
  virtual Result<std::vector<Outcome>> append(std::span<const Proposal> group) = 0;

  // Entries with sequence > `after`, ascending, without a gap; empty at the head. Each leaf hash
  // is checked: an entry that does not match is an io error, never served.
  virtual Result<std::vector<StoredPtr>> read(Sequence after, ReadBounds bounds) = 0;

  [[nodiscard]] virtual Head head() const = 0;

  // Of the same entries as head(), durable with them.
  [[nodiscard]] virtual TreeHead tree() const = 0;
  // Of a complete node of tree(): what merkle::NodeOf asks for. An error is final, as one of
  // read().
  virtual Result<Hash> node(unsigned level, std::uint64_t index) = 0;

  // Nothing is queued: a good moment for a little housekeeping. `wanted`: there is more of it to do
  // in the next such moment. An error is final, as one of append().
  enum class Rest { done, wanted };
  virtual Result<Rest> idle() { return Rest::done; }
};

// `none_for_positive_control` never syncs: only for the test that proves that a lost sync is seen.
enum class Durability { full, none_for_positive_control };

// How an opened log brings its judge up. `from_digest` takes the short cut beside the file where it
// fits (digest.hpp), keeps it up, and leaves checking those entries to idle().
enum class Start { from_every_entry, from_digest };

struct SqliteOptions {
  Start start = Start::from_every_entry;
  Durability durability = Durability::full;
  // The write-ahead log is folded into the file when idle and past this size …
  std::size_t checkpoint_idle_bytes = 16u << 20;
  // … and before the next append, whatever the load, past this one.
  std::size_t checkpoint_bytes_max = 256u << 20;
  // The digest grows by this many entries when idle, and by twice as many at most.
  std::size_t digest_entries = 32'768;
  // While the log itself is read at the start: how far, of how much, once for so many entries.
  Sequence progress_entries = 4096;
  std::function<void(Sequence read, Sequence all)> progress = [](Sequence, Sequence) {};
};

// Creates `file` holding entry 1, LogOpened; file and directory are synced, and the file appears
// whole or not at all. `epoch` is random, 1 to 2^53 - 1.
// Failure  conflict when `file` exists, invalid for an epoch out of range, io.
Result<void> create_sqlite(const std::filesystem::path& file, std::uint64_t epoch,
                           const std::string& environment, const WallClock& clock);

// Opens an existing log, checks it, and brings `judge` up to the head by apply(), with Start::
// from_digest of reduced entries. `judge` must outlive the journal. Contents are checked when they
// are read, not here.
// Failure  not_found; configuration when it is not a journal of this version, and then nothing is
//          written; conflict while another process holds it; io when it is damaged.
Result<std::unique_ptr<Journal>> open_sqlite(const std::filesystem::path& file, Judge& judge,
                                             WallClock clock, SqliteOptions options = {});

// A fresh log that lives as long as the object; the same behaviour without a disk. `judge` is given
// entry 1 at once.
std::unique_ptr<Journal> open_memory(std::uint64_t epoch, const std::string& environment,
                                     Judge& judge, WallClock clock);

}  // namespace noroshi::journal
