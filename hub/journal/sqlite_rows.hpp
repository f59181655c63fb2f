// The format of a journal file and the rows in it; described at the top of the source.
#pragma once

#include <cstddef>
#include <vector>

#include "hub/journal/group.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/judge.hpp"
#include "hub/journal/sqlite_database.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

// configuration when the file is not a journal of this version. Writes nothing.
Result<void> check_format(Database& database);

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

  // Streams every entry, checked, through `judge`; contents are not looked at.
  Result<Head> replay(Judge& judge);

 private:
  Rows(Statement insert_entry, Statement insert_content, Statement range, Statement all);
  Result<void> insert_entry(const Leaf& leaf);

  Statement insert_entry_;
  Statement insert_content_;
  Statement range_;
  Statement all_;
};

}  // namespace noroshi::journal
