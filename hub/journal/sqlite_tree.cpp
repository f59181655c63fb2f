#include "hub/journal/sqlite_tree.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <utility>

#include "hub/journal/group.hpp"

namespace noroshi::journal {
namespace {

constexpr unsigned level_shift = 48;
constexpr Sequence leaves_a_transaction = 65'536;

constexpr const char* table = R"(
  CREATE TABLE IF NOT EXISTS nodes (
    place INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
  ) STRICT;
)";
constexpr const char* insert_sql = "INSERT INTO nodes (place, hash) VALUES (?1, ?2)";
constexpr const char* find_sql = "SELECT hash FROM nodes WHERE place = ?1";
constexpr const char* find_leaf_sql = "SELECT leaf_hash FROM entries WHERE sequence = ?1";

std::uint64_t place_of(unsigned level, std::uint64_t index) {
  return std::uint64_t{level} << level_shift | index;
}

std::optional<Hash> hash_of(std::optional<std::string_view> bytes) {
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

tl::unexpected<Error> missing(unsigned level, std::uint64_t index) {
  return failure(ErrorCode::io, fmt::format("node {} of level {} is missing", index, level));
}

}  // namespace

SqliteTree::SqliteTree(Statement insert, Statement find, Statement find_leaf)
    : insert_(std::move(insert)), find_(std::move(find)), find_leaf_(std::move(find_leaf)) {}

Result<SqliteTree> SqliteTree::prepare(Database& database) {
  if (auto made = database.run(table); !made) return tl::unexpected(made.error());
  auto insert = database.prepare(insert_sql);
  if (!insert) return tl::unexpected(insert.error());
  auto find = database.prepare(find_sql);
  if (!find) return tl::unexpected(find.error());
  auto find_leaf = database.prepare(find_leaf_sql);
  if (!find_leaf) return tl::unexpected(find_leaf.error());
  return SqliteTree(*std::move(insert), *std::move(find), *std::move(find_leaf));
}

// The end of the last pair of leaves that has a node.
Result<Sequence> SqliteTree::last_pair(Database& database) {
  auto text =
      database.ask(fmt::format("SELECT max(place) FROM nodes WHERE place < {}", place_of(2, 0)));
  if (!text) return tl::unexpected(text.error());
  if (text->empty()) return 0;
  std::uint64_t place = 0;
  std::from_chars(text->data(), text->data() + text->size(), place);
  return 2 * ((place & (place_of(1, 0) - 1)) + 1);
}

Result<void> SqliteTree::begin_at(Sequence size) {
  std::vector<Hash> roots;
  for (Sequence begin = 0; begin != size;) {
    const auto level = static_cast<unsigned>(std::bit_width(size - begin) - 1);
    const auto root = node(level, begin >> level);
    if (!root) return tl::unexpected(root.error());
    roots.push_back(*root);
    begin += Sequence{1} << level;
  }
  made_ = *merkle::Frontier::of(size, std::move(roots));
  return {};
}

Result<void> SqliteTree::restore(Database& database, Sequence head, const Tell& tell) {
  const auto paired = last_pair(database);
  if (!paired) return tl::unexpected(paired.error());
  if (*paired > head)
    return failure(ErrorCode::io, fmt::format("the tree has {} entries, the log only {}: entries "
                                              "at the end are missing",
                                              *paired, head));
  if (auto begun = begin_at(*paired); !begun) return begun;
  while (made_.size() < head) {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
    const auto end = std::min(head, made_.size() + leaves_a_transaction);
    while (made_.size() < end) {
      const auto leaf = node(0, made_.size());
      if (!leaf) return tl::unexpected(leaf.error());
      if (auto added = add(*leaf); !added) return added;
    }
    if (auto done = database.run("COMMIT"); !done) return done;
    if (made_.size() < head) tell(made_.size());
  }
  return {};
}

Result<void> SqliteTree::add(const Hash& leaf) {
  Result<void> written;
  made_.add(leaf, [&](const merkle::Node& node) {
    if (node.level == 0 || !written) return;
    const Run run(insert_);
    insert_.bind(1, place_of(node.level, node.index));
    insert_.bind_blob(2, bytes_of(node.hash));
    if (auto stepped = insert_.step(); !stepped) written = tl::unexpected(stepped.error());
  });
  return written;
}

Result<void> SqliteTree::check(const Hash& leaf) {
  Result<void> good;
  checked_.add(leaf, [&](const merkle::Node& follows) {
    if (follows.level == 0 || !good) return;
    const auto lies = node(follows.level, follows.index);
    if (!lies)
      good = tl::unexpected(lies.error());
    else if (*lies != follows.hash)
      good = failure(ErrorCode::io, fmt::format("node {} of level {} does not match its entries",
                                                follows.index, follows.level));
  });
  return good;
}

Result<Hash> SqliteTree::node(unsigned level, std::uint64_t index) {
  auto& find = level == 0 ? find_leaf_ : find_;
  const Run run(find);
  find.bind(1, level == 0 ? index + 1 : place_of(level, index));
  const auto row = find.step();
  if (!row) return tl::unexpected(row.error());
  const auto hash = *row ? hash_of(find.bytes(0)) : std::nullopt;
  if (!hash) return missing(level, index);
  return *hash;
}

}  // namespace noroshi::journal
