// A journal in one SQLite file.
//
// Format, version 1. `application_id` of the file is 0x4E4F524F ("NORO"), `user_version` is 1, a
// page has 4096 bytes. A file with another of these is refused before anything is written.
//
//   entries   sequence      INTEGER PRIMARY KEY, dense from 1; entry 1 is LogOpened
//             bytes         the serialised v1.Entry, the leaf of the audit tree; never serialised
//             again leaf_hash     SHA-256 of 0x00 and `bytes` (RFC 6962, 2.1) publisher, sender,
//             identifier
//                           of an accepted alert, or all NULL. Unique together. They serve this
//                           index alone and are never read back: `bytes` says the same
//             content_hash  SHA-256 of the content, NULL without one; an AlertAccepted says the
//             same
//   contents  hash          SHA-256 of `bytes`; the same content of two publishers lies here once
//             bytes         the content, NULL once it was archived
//
// Every group is one transaction. Beside the file lies SQLite's write-ahead log ("-wal"): until it
// is folded in, what was committed last is only there. Both belong to one process.
//
// Checked when the file is opened: format, entry 1, density, each leaf hash, each entry's own
// sequence. Checked when an entry is read: the same, and its content against its hash. Not seen by
// this file alone: entries missing at the end; for that a tree head must be kept elsewhere.
#include <fmt/core.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "hub/journal/group.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/new_file.hpp"
#include "hub/journal/sqlite_database.hpp"

namespace noroshi::journal {
namespace {

constexpr std::uint64_t epoch_max = (std::uint64_t{1} << 53) - 1;

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
    "ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NULL";
constexpr const char* read_sql =
    "SELECT e.sequence, e.bytes, e.leaf_hash, e.content_hash, c.hash, c.bytes "
    "FROM entries e LEFT JOIN contents c ON c.hash = e.content_hash "
    "WHERE e.sequence > ?1 ORDER BY e.sequence LIMIT ?2";
constexpr const char* replay_sql =
    "SELECT sequence, bytes, leaf_hash FROM entries ORDER BY sequence";

// The writing half, which creation needs too.
class Rows {
 public:
  static Result<Rows> prepare(Database& database) {
    auto entry = database.prepare(insert_entry_sql);
    if (!entry) return tl::unexpected(entry.error());
    auto content = database.prepare(insert_content_sql);
    if (!content) return tl::unexpected(content.error());
    return Rows(*std::move(entry), *std::move(content));
  }

  Result<void> insert(const Leaf& leaf) {
    if (auto done = insert_entry(leaf); !done || !leaf.content) return done;
    const Run run(content_);
    content_.bind_blob(1, bytes_of(*leaf.content));
    content_.bind_blob(2, *leaf.stored->content);
    return finish(content_);
  }

 private:
  Rows(Statement entry, Statement content)
      : entry_(std::move(entry)), content_(std::move(content)) {}

  Result<void> insert_entry(const Leaf& leaf) {
    const Run run(entry_);
    entry_.bind(1, leaf.stored->sequence);
    entry_.bind_blob(2, leaf.stored->bytes);
    entry_.bind_blob(3, bytes_of(leaf.hash));
    if (leaf.key) {
      entry_.bind_text(4, leaf.key->publisher);
      entry_.bind_text(5, leaf.key->sender);
      entry_.bind_text(6, leaf.key->identifier);
    }
    if (leaf.content) entry_.bind_blob(7, bytes_of(*leaf.content));
    return finish(entry_);
  }

  static Result<void> finish(Statement& statement) {
    if (auto stepped = statement.step(); !stepped) return tl::unexpected(stepped.error());
    return {};
  }

  Statement entry_;
  Statement content_;
};

// The content of the row `row` stands at; null when it has none or it was archived.
Result<std::shared_ptr<const std::string>> read_content(const Statement& row,
                                                        const v1::Entry& entry) {
  const auto spoilt = [&entry](const char* what) {
    return failure(ErrorCode::io,
                   fmt::format("the content of entry {} {}", entry.sequence(), what));
  };
  std::optional<Hash> named;
  if (const auto hash = row.bytes(3)) {
    if (hash->size() != std::tuple_size_v<Hash>) return spoilt("has a malformed hash");
    named.emplace();
    std::copy(hash->begin(), hash->end(), named->begin());
  }
  if (!names_content(entry, named)) return spoilt("is not the one it names");
  if (!named) return nullptr;
  if (!row.bytes(4)) return spoilt("is missing");
  const auto bytes = row.bytes(5);
  if (!bytes) return nullptr;
  if (content_hash(*bytes) != *named) return spoilt("does not match its hash");
  return std::make_shared<const std::string>(*bytes);
}

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(Database database, Rows rows, Statement range, Head head, Judge& judge,
                WallClock clock, SqliteOptions options)
      : database_(std::move(database)),
        rows_(std::move(rows)),
        range_(std::move(range)),
        head_(std::move(head)),
        judge_(judge),
        clock_(std::move(clock)),
        options_(options) {
    database_.fold_on_close();
  }

  Result<std::vector<Outcome>> append(std::span<const Proposal> group) override {
    if (broken_) return tl::unexpected(*broken_);
    auto decided = decide(group, head_.sequence, judge_, clock_,
                          [this](Sequence sequence) { return find(sequence); });
    if (!decided) return broken(decided.error());
    if (decided->leaves.empty()) return std::move(decided->outcomes);
    if (auto written = write(decided->leaves); !written) return broken(written.error());
    head_.sequence += decided->leaves.size();
    return std::move(decided->outcomes);
  }

  Result<std::vector<StoredPtr>> read(Sequence after, ReadBounds bounds) override {
    if (broken_) return tl::unexpected(*broken_);
    auto page = range(after, bounds);
    if (!page) return broken(page.error());
    return page;
  }

  [[nodiscard]] Head head() const override { return head_; }

  Result<void> idle() override {
    if (broken_) return tl::unexpected(*broken_);
    if (database_.log_bytes() <= options_.checkpoint_idle_bytes) return {};
    if (auto folded = database_.fold_log(); !folded) return broken(folded.error());
    return {};
  }

 private:
  Result<void> write(const std::vector<Leaf>& leaves) {
    if (database_.log_bytes() > options_.checkpoint_bytes_max) {
      if (auto folded = database_.fold_and_truncate_log(); !folded) return folded;
    }
    if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return begun;
    for (const Leaf& leaf : leaves) {
      if (auto inserted = rows_.insert(leaf); !inserted) return inserted;
    }
    return database_.run("COMMIT");
  }

  Result<StoredPtr> find(Sequence sequence) {
    auto page = range(sequence - 1, ReadBounds{1, 0});
    if (!page) return tl::unexpected(page.error());
    return page->front();
  }

  Result<std::vector<StoredPtr>> range(Sequence after, ReadBounds bounds) {
    std::vector<StoredPtr> page;
    if (after >= head_.sequence) return page;
    const Sequence wanted =
        std::min<Sequence>(std::max<std::size_t>(bounds.entries_max, 1), head_.sequence - after);
    const Run run(range_);
    range_.bind(1, after);
    range_.bind(2, wanted);
    for (std::size_t bytes = 0; page.size() < wanted;) {
      auto row = range_.step();
      if (!row) return tl::unexpected(row.error());
      const Sequence expected = after + page.size() + 1;
      if (!*row || range_.number(0) != expected)
        return failure(ErrorCode::io, fmt::format("entry {} is missing", expected));
      bytes += range_.bytes(1).value_or("").size() + range_.bytes(5).value_or("").size();
      if (!page.empty() && bytes > bounds.bytes_max) break;
      auto stored = stored_row(expected);
      if (!stored) return tl::unexpected(stored.error());
      page.push_back(*std::move(stored));
    }
    return page;
  }

  Result<StoredPtr> stored_row(Sequence sequence) const {
    const std::string_view bytes = range_.bytes(1).value_or("");
    auto entry = read_entry(sequence, bytes, range_.bytes(2).value_or(""));
    if (!entry) return tl::unexpected(entry.error());
    auto content = read_content(range_, *entry);
    if (!content) return tl::unexpected(content.error());
    return std::make_shared<const Stored>(
        Stored{sequence, std::string(bytes), *std::move(entry), *std::move(content)});
  }

  // The judge is ahead of the file now, or the file is not to be trusted: nothing goes on here.
  tl::unexpected<Error> broken(Error error) {
    error.code = ErrorCode::io;
    broken_ = std::move(error);
    database_.keep_on_close();
    return tl::unexpected(*broken_);
  }

  Database database_;
  Rows rows_;
  Statement range_;
  Head head_;
  Judge& judge_;
  const WallClock clock_;
  const SqliteOptions options_;
  std::optional<Error> broken_;
};

Result<void> check_format(Database& database, const std::filesystem::path& file) {
  const std::pair<const char*, const char*> marks[] = {
      {"application_id", application_id}, {"user_version", user_version}, {"page_size", page_size}};
  for (const auto& [name, expected] : marks) {
    auto value = database.ask(fmt::format("PRAGMA {}", name));
    if (!value) return tl::unexpected(value.error());
    if (*value != expected)
      return failure(ErrorCode::configuration,
                     fmt::format("{} is not a journal of this version: {} is {}, not {}",
                                 file.string(), name, *value, expected));
  }
  return {};
}

// Streams the whole log through `judge`.
Result<Head> replay(Database& database, Judge& judge) {
  auto rows = database.prepare(replay_sql);
  if (!rows) return tl::unexpected(rows.error());
  Head head;
  while (true) {
    auto row = rows->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    const Sequence expected = head.sequence + 1;
    if (rows->number(0) != expected)
      return failure(ErrorCode::io, fmt::format("entry {} is missing", expected));
    auto entry = read_entry(expected, rows->bytes(1).value_or(""), rows->bytes(2).value_or(""));
    if (!entry) return tl::unexpected(entry.error());
    if (entry->body().has_log_opened() != (expected == 1))
      return failure(ErrorCode::io, fmt::format("entry {}: a log is opened by entry 1", expected));
    if (expected == 1) {
      head.epoch = entry->body().log_opened().epoch();
      head.environment = entry->body().log_opened().environment();
    }
    judge.apply(*entry);
    head.sequence = expected;
  }
  if (head.sequence == 0) return failure(ErrorCode::io, "the log has no entries");
  return head;
}

Result<void> fill(const std::filesystem::path& file, const Leaf& first) {
  auto database = Database::open(file);
  if (!database) return tl::unexpected(database.error());
  if (auto done = database->run(schema); !done) return done;
  if (auto done = database->make_durable(Durability::full); !done) return done;
  auto rows = Rows::prepare(*database);
  if (!rows) return tl::unexpected(rows.error());
  if (auto done = rows->insert(first); !done) return done;
  database->fold_on_close();
  return database->fold_and_truncate_log();
}

Error at(const std::filesystem::path& file, Error error) {
  error.detail = fmt::format("{}: {}", file.string(), error.detail);
  return error;
}

}  // namespace

Result<void> create_sqlite(const std::filesystem::path& file, std::uint64_t epoch,
                           const std::string& environment, const WallClock& clock) {
  if (epoch == 0 || epoch > epoch_max)
    return failure(ErrorCode::invalid, fmt::format("epoch {} is not in 1 to 2^53 - 1", epoch));
  std::error_code ignored;  // the link decides in the end
  if (std::filesystem::exists(file, ignored))
    return failure(ErrorCode::conflict, file.string() + " exists");
  if (auto begun = begin_draft(file); !begun) return begun;
  if (auto filled = fill(draft_of(file), opening(epoch, environment, clock())); !filled)
    return filled;
  return publish_draft(file);
}

Result<std::unique_ptr<Journal>> open_sqlite(const std::filesystem::path& file, Judge& judge,
                                             WallClock clock, SqliteOptions options) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either
  if (!std::filesystem::exists(file, ignored))
    return failure(ErrorCode::not_found, file.string() + " does not exist");
  auto database = Database::open(file);
  if (!database) return tl::unexpected(database.error());
  if (auto known = check_format(*database, file); !known) return tl::unexpected(known.error());
  if (auto durable = database->make_durable(options.durability); !durable)
    return tl::unexpected(durable.error());
  auto rows = Rows::prepare(*database);
  if (!rows) return tl::unexpected(at(file, rows.error()));
  auto range = database->prepare(read_sql);
  if (!range) return tl::unexpected(range.error());
  auto head = replay(*database, judge);
  if (!head) return tl::unexpected(at(file, head.error()));
  return std::make_unique<SqliteJournal>(*std::move(database), *std::move(rows), *std::move(range),
                                         *std::move(head), judge, std::move(clock), options);
}

}  // namespace noroshi::journal
