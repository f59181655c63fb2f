// The Merkle tree over the entries of a journal file (RFC 6962; leaf index = sequence - 1), so that
// a proof costs a handful of look-ups however long the log is.
//
// Its inner nodes lie in a table of the same file and are written with the entries they stand for:
//   nodes
//     place  INTEGER PRIMARY KEY: level × 2^48 + index, level from 1; complete nodes only
//     hash   of that node
// They say nothing that the leaf hashes do not: a file that has none, or too few because an older
// program wrote to it, is given the missing ones when it is opened.
#pragma once

#include <functional>

#include "hub/journal/journal.hpp"
#include "hub/journal/sqlite_database.hpp"
#include "proto/merkle/frontier.hpp"
#include "proto/result.hpp"

namespace noroshi::journal {

// Lives no longer than its Database.
class SqliteTree {
 public:
  // Makes the table where there is none.
  static Result<SqliteTree> prepare(Database& database);

  // Brings the tree up to the entry `head`; `tell` hears how far it is, every 65,536 entries. io
  // when there are nodes of entries after `head`, or the file fails.
  using Tell = std::function<void(Sequence made)>;
  Result<void> restore(Database& database, Sequence head, const Tell& tell);

  // Belongs into the transaction that writes the entry.
  Result<void> add(const Hash& leaf);
  // Compares what lies there with what follows from the leaves: those from the first on, in order,
  // each once. io when a node is another.
  Result<void> check(const Hash& leaf);

  [[nodiscard]] TreeHead head() const { return {made_.size(), made_.root()}; }
  // Of a complete node; io when it is not there.
  Result<Hash> node(unsigned level, std::uint64_t index);

 private:
  SqliteTree(Statement insert, Statement find, Statement find_leaf);
  Result<Sequence> last_pair(Database& database);
  Result<void> begin_at(Sequence size);

  Statement insert_;
  Statement find_;
  Statement find_leaf_;
  merkle::Frontier made_;
  merkle::Frontier checked_;
};

}  // namespace noroshi::journal
