// The format of a journal file and the rows in it; described at the top of the source.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "hub/journal/group.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/sqlite_database.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

// configuration when the file says that it is a journal of another version; looks at its first
// bytes alone, so that SQLite, which puts a log beside what it opens, need not.
Result<void> check_header(const std::filesystem::path& file);

// configuration when the file is not a journal of this version. Writes nothing of its own.
Result<void> check_format(Database& database);

// Of the last entry as the file has it; not yet checked. There is at least one.
Result<Sequence> last_sequence(Database& database);

// Makes an empty file one without entries.
Result<void> create_format(Database& database);

// Lives no longer than its Database.
class Rows {
 public:
  static Result<Rows> prepare(Database& database);

  // Belongs into a transaction of the caller.
  Result<void> insert(const Leaf& leaf);

  // The `entries` (at least 1) after `after`, all of which must be there, each checked with its
  // content; fewer when more than one would pass `bytes_max`.
  Result<std::vector<StoredPtr>> read(Sequence after, std::size_t entries, std::size_t bytes_max);

  // What entry 1 says, as if it were the last.
  Result<Head> head();
  // What lies there as the leaf hash of an entry; nothing when there is no such entry.
  Result<std::optional<Hash>> leaf(Sequence sequence);

  using Take = std::function<void(const v1::Entry& entry, const Hash& leaf)>;
  // Streams the entries after `after`, checked, to `take`, and says where they end. Contents are
  // not looked at.
  Result<Sequence> replay(Sequence after, const Take& take);
  // Checks the `entries` after `after`, all of which must be there; contents are not looked at.
  // Each leaf hash, once it is known to be right, goes to `check`.
  using Check = std::function<Result<void>(const Hash& leaf)>;
  Result<void> verify(Sequence after, std::size_t entries, const Check& check);

 private:
  Rows(Statement insert_entry, Statement insert_content, Statement range, Statement leaves,
       Statement restored);
  Result<void> insert_entry(const Leaf& leaf);

  Statement insert_entry_;
  Statement insert_content_;
  Statement range_;
  Statement leaves_;
  Statement restored_;
};

}  // namespace noroshi::journal
