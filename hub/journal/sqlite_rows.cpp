// Format, version 1. `application_id` of the file is 0x4E4F524F ("NORO"), `user_version` is 1, a
// page has 4096 bytes. A file with another of these is refused before anything is written.
//
//   entries
//     sequence      INTEGER PRIMARY KEY, dense from 1; entry 1 is LogOpened
//     bytes         the serialised v1.Entry, leaf of the audit tree; never serialised again
//     leaf_hash     SHA-256 of 0x00 and `bytes` (RFC 6962, section 2.1)
//     publisher     of an accepted alert, or NULL like the next two; of a LogRestored '', '' and
//     sender        its epoch. These three are unique together; they serve that index alone and
//     identifier    are never believed, because `bytes` says the same
//     content_hash  SHA-256 of the content, NULL without one; an AlertAccepted says the same
//   contents
//     hash          SHA-256 of `bytes`; the same content of two publishers lies here once
//     bytes         the content; once it was archived, 'archived:' and its hash, which no damage
//                   to a byte makes of anything else
//   nodes           of the tree over the leaf hashes; sqlite_tree.hpp
//
// Every group is one transaction. Beside the file lies SQLite's write-ahead log ("-wal"): until it
// is folded in, what was committed last is only there. Both belong to one process.
//
// Checked when the file is opened: format, entry 1, density, each leaf hash, each entry's own
// sequence; of entries that a digest stands for (digest.hpp) the same is checked little by little
// afterwards. Checked when an entry is read: the same, and its content against its hash. Not seen
// by this file alone: entries missing at the end; for that a tree head must be kept elsewhere.
#include "hub/journal/sqlite_rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace noroshi::journal {
namespace {

constexpr const char* application_id = "1313821263";  // 0x4E4F524F
constexpr const char* user_version = "1";
constexpr const char* page_size = "4096";

constexpr const char* schema = R"(
  PRAGMA page_size = 4096;
  PRAGMA application_id = 1313821263;
  PRAGMA user_version = 1;
  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    bytes BLOB NOT NULL,
    leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
    publisher TEXT,
    sender TEXT,
    identifier TEXT,
    content_hash BLOB CHECK (length(content_hash) = 32)
  ) STRICT;
  CREATE UNIQUE INDEX alert_key ON entries (publisher, sender, identifier)
    WHERE publisher IS NOT NULL;
  CREATE TABLE contents (hash BLOB PRIMARY KEY NOT NULL, bytes BLOB) STRICT;
)";

constexpr const char* insert_entry_sql =
    "INSERT INTO entries (sequence, bytes, leaf_hash, publisher, sender, identifier, content_hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr const char* insert_content_sql =
    "INSERT INTO contents (hash, bytes) VALUES (?1, ?2) "
    "ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes "
    "WHERE bytes = CAST('archived:' || hash AS BLOB)";
constexpr const char* range_sql =
    "SELECT e.sequence, e.bytes, e.leaf_hash, e.content_hash, c.hash, c.bytes "
    "FROM entries e LEFT JOIN contents c ON c.hash = e.content_hash "
    "WHERE e.sequence > ?1 ORDER BY e.sequence LIMIT ?2";
constexpr const char* restored_sql =
    "SELECT sequence FROM entries WHERE publisher = '' ORDER BY sequence DESC LIMIT 1";
constexpr const char* leaves_sql =
    "SELECT sequence, bytes, leaf_hash FROM entries WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
constexpr std::uint64_t no_limit = std::uint64_t{1} << 62;

Result<void> finish(Statement& statement) {
  if (auto stepped = statement.step(); !stepped) return tl::unexpected(stepped.error());
  return {};
}

std::optional<Hash> hash_of(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

const std::string archived_mark = "archived:";

bool is_archived(std::string_view bytes, std::string_view hash) {
  return bytes.starts_with(archived_mark) && bytes.substr(archived_mark.size()) == hash;
}

// The content of the row `row` stands at; null when it has none or it was archived.
Result<std::shared_ptr<const std::string>> read_content(const Statement& row,
                                                        const v1::Entry& entry) {
  const auto spoilt = [&entry](const char* what) {
    return failure(ErrorCode::io,
                   fmt::format("the content of entry {} {}", entry.sequence(), what));
  };
  std::optional<Hash> named;
  if (const auto hash = row.bytes(3)) {
    named = hash_of(*hash);
    if (!named) return spoilt("has a malformed hash");
  }
  if (!names_content(entry, named)) return spoilt("is not the one it names");
  if (!named) return nullptr;
  const auto bytes = row.bytes(5);
  if (!row.bytes(4) || !bytes) return spoilt("is missing");
  if (is_archived(*bytes, *row.bytes(3))) return nullptr;
  if (content_hash(*bytes) != *named) return spoilt("does not match its hash");
  return std::make_shared<const std::string>(*bytes);
}

Result<StoredPtr> read_row(const Statement& row, Sequence sequence) {
  const std::string_view bytes = row.bytes(1).value_or("");
  auto entry = read_entry(sequence, bytes, row.bytes(2).value_or(""));
  if (!entry) return tl::unexpected(entry.error());
  auto content = read_content(row, *entry);
  if (!content) return tl::unexpected(content.error());
  return std::make_shared<const Stored>(
      Stored{sequence, std::string(bytes), *std::move(entry), *std::move(content)});
}

tl::unexpected<Error> missing(Sequence sequence) {
  return failure(ErrorCode::io, fmt::format("entry {} is missing", sequence));
}

tl::unexpected<Error> of_another_version(const std::filesystem::path& file, std::string_view name,
                                         std::string_view is, std::string_view expected) {
  return failure(ErrorCode::configuration,
                 fmt::format("{} is not a journal of this version: {} is {}, not {}", file.string(),
                             name, is, expected));
}

}  // namespace

Result<void> check_header(const std::filesystem::path& file) {
  std::array<char, 100> header;
  std::ifstream in(file, std::ios::binary);
  if (!in.read(header.data(), header.size())) return {};
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
      value = value << 8 | static_cast<unsigned char>(header[i]);
    return std::to_string(value);
  };
  if (const std::string version = number(60);
      number(68) == application_id && version != user_version)
    return of_another_version(file, "user_version", version, user_version);
  return {};
}

Result<void> check_format(Database& database) {
  const std::pair<const char*, const char*> marks[] = {
      {"application_id", application_id}, {"user_version", user_version}, {"page_size", page_size}};
  for (const auto& [name, expected] : marks) {
    auto value = database.ask(fmt::format("PRAGMA {}", name));
    if (!value) return tl::unexpected(value.error());
    if (*value != expected) return of_another_version(database.file(), name, *value, expected);
  }
  return {};
}

Result<Sequence> last_sequence(Database& database) {
  auto text = database.ask("SELECT max(sequence) FROM entries");
  if (!text) return tl::unexpected(text.error());
  Sequence last = 0;
  std::from_chars(text->data(), text->data() + text->size(), last);
  return last;
}

Result<void> create_format(Database& database) { return database.run(schema); }

Rows::Rows(Statement insert_entry, Statement insert_content, Statement range, Statement leaves,
           Statement restored)
    : insert_entry_(std::move(insert_entry)),
      insert_content_(std::move(insert_content)),
      range_(std::move(range)),
      leaves_(std::move(leaves)),
      restored_(std::move(restored)) {}

Result<Rows> Rows::prepare(Database& database) {
  auto entry = database.prepare(insert_entry_sql);
  if (!entry) return tl::unexpected(entry.error());
  auto content = database.prepare(insert_content_sql);
  if (!content) return tl::unexpected(content.error());
  auto range = database.prepare(range_sql);
  if (!range) return tl::unexpected(range.error());
  auto leaves = database.prepare(leaves_sql);
  if (!leaves) return tl::unexpected(leaves.error());
  auto restored = database.prepare(restored_sql);
  if (!restored) return tl::unexpected(restored.error());
  return Rows(*std::move(entry), *std::move(content), *std::move(range), *std::move(leaves),
              *std::move(restored));
}

Result<void> Rows::insert(const Leaf& leaf) {
  if (auto done = insert_entry(leaf); !done || !leaf.content) return done;
  const Run run(insert_content_);
  insert_content_.bind_blob(1, bytes_of(*leaf.content));
  const std::string archived = archived_mark + std::string(bytes_of(*leaf.content));
  insert_content_.bind_blob(2, leaf.stored->content ? *leaf.stored->content : archived);
  return finish(insert_content_);
}

Result<void> Rows::insert_entry(const Leaf& leaf) {
  const Run run(insert_entry_);
  insert_entry_.bind(1, leaf.stored->sequence);
  insert_entry_.bind_blob(2, leaf.stored->bytes);
  insert_entry_.bind_blob(3, bytes_of(leaf.hash));
  if (leaf.key) {
    insert_entry_.bind_text(4, leaf.key->publisher);
    insert_entry_.bind_text(5, leaf.key->sender);
    insert_entry_.bind_text(6, leaf.key->identifier);
  }
  if (leaf.content) insert_entry_.bind_blob(7, bytes_of(*leaf.content));
  return finish(insert_entry_);
}

Result<std::vector<StoredPtr>> Rows::read(Sequence after, std::size_t entries,
                                          std::size_t bytes_max) {
  std::vector<StoredPtr> page;
  const Run run(range_);
  range_.bind(1, after);
  range_.bind(2, entries);
  for (std::size_t bytes = 0; page.size() < entries;) {
    auto row = range_.step();
    if (!row) return tl::unexpected(row.error());
    const Sequence expected = after + page.size() + 1;
    if (!*row || range_.number(0) != expected) return missing(expected);
    bytes += range_.bytes(1).value_or("").size() + range_.bytes(5).value_or("").size();
    if (!page.empty() && bytes > bytes_max) break;
    auto stored = read_row(range_, expected);
    if (!stored) return tl::unexpected(stored.error());
    page.push_back(*std::move(stored));
  }
  return page;
}

Result<Head> Rows::head() {
  auto first = read(0, 1, 0);
  if (!first) return tl::unexpected(first.error());
  const v1::EntryBody& body = first->front()->entry.body();
  if (!body.has_log_opened()) return failure(ErrorCode::io, "entry 1: a log is opened by entry 1");
  Head head{1, body.log_opened().epoch(), body.log_opened().environment()};
  const Run run(restored_);
  auto row = restored_.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return head;
  const auto restored = read(restored_.number(0) - 1, 1, 0);
  if (!restored) return tl::unexpected(restored.error());
  const v1::EntryBody& again = restored->front()->entry.body();
  if (!again.has_log_restored())
    return failure(ErrorCode::io,
                   fmt::format("entry {} restores no log", restored->front()->sequence));
  head.epoch = again.log_restored().epoch();
  return head;
}

Result<std::optional<Hash>> Rows::leaf(Sequence sequence) {
  const Run run(leaves_);
  leaves_.bind(1, sequence - 1);
  leaves_.bind(2, 1);
  auto row = leaves_.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row || leaves_.number(0) != sequence) return std::nullopt;
  return hash_of(leaves_.bytes(2).value_or(""));
}

Result<Sequence> Rows::replay(Sequence after, const Take& take) {
  const Run run(leaves_);
  leaves_.bind(1, after);
  leaves_.bind(2, no_limit);
  while (true) {
    auto row = leaves_.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return after;
    const Sequence expected = after + 1;
    if (leaves_.number(0) != expected) return missing(expected);
    const std::string_view leaf = leaves_.bytes(2).value_or("");
    auto entry = read_entry(expected, leaves_.bytes(1).value_or(""), leaf);
    if (!entry) return tl::unexpected(entry.error());
    if (entry->body().has_log_opened() != (expected == 1))
      return failure(ErrorCode::io, fmt::format("entry {}: a log is opened by entry 1", expected));
    take(*entry, *hash_of(leaf));
    after = expected;
  }
}

Result<void> Rows::verify(Sequence after, std::size_t entries, const Check& check) {
  const Run run(leaves_);
  leaves_.bind(1, after);
  leaves_.bind(2, entries);
  for (const Sequence end = after + entries; after < end; ++after) {
    auto row = leaves_.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || leaves_.number(0) != after + 1) return missing(after + 1);
    const auto leaf = leaves_.bytes(2).value_or("");
    auto entry = read_entry(after + 1, leaves_.bytes(1).value_or(""), leaf);
    if (!entry) return tl::unexpected(entry.error());
    if (auto good = check(*hash_of(leaf)); !good) return good;
  }
  return {};
}

}  // namespace noroshi::journal
