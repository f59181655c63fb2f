// A journal in one SQLite file: what it does with it. What lies in it: sqlite_rows.cpp.
#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "hub/journal/digest.hpp"
#include "hub/journal/group.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/new_file.hpp"
#include "hub/journal/sqlite_database.hpp"
#include "hub/journal/sqlite_rows.hpp"
#include "hub/journal/sqlite_tree.hpp"

namespace noroshi::journal {
namespace {

// Of the check after the start, at a time.
constexpr std::size_t verified_entries = 128;
constexpr std::uint64_t epoch_max = (std::uint64_t{1} << 53) - 1;

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(Database database, Rows rows, SqliteTree tree, Head head, Judge& judge,
                WallClock clock, SqliteOptions options)
      : database_(std::move(database)),
        rows_(std::move(rows)),
        tree_(std::move(tree)),
        head_(std::move(head)),
        judge_(judge),
        clock_(std::move(clock)),
        options_(std::move(options)) {}

  // Brings the judge up to the head.
  Result<void> start() {
    if (options_.start == Start::from_digest) {
      std::filesystem::path file = database_.file();
      file += ".digest";
      digest_.emplace(file, head_.epoch);
      auto restored = restore();
      if (!restored) return restored;
    }
    const auto last = last_sequence(database_);
    if (!last) return tl::unexpected(last.error());
    auto tree = tree_.restore(database_, *last, [&](auto made) { options_.progress(made, *last); });
    if (!tree) return tree;
    auto end = replay(*last);
    if (!end) return tl::unexpected(end.error());
    head_.sequence = *end;
    if (unverified_ > 0) unverified_ = *end;  // the nodes over what was read as well
    database_.fold_on_close();
    return {};
  }

  Result<std::vector<Outcome>> append(std::span<const Proposal> group) override {
    if (broken_) return tl::unexpected(*broken_);
    auto decided = decide(group, head_.sequence, judge_, clock_,
                          [this](Sequence sequence) { return find(sequence); });
    if (!decided) return broken(decided.error());
    if (decided->leaves.empty()) return std::move(decided->outcomes);
    if (auto written = write(decided->leaves); !written) return broken(written.error());
    head_.sequence += decided->leaves.size();
    if (digest_) digest(decided->leaves);
    return std::move(decided->outcomes);
  }

  Result<std::vector<StoredPtr>> read(Sequence after, ReadBounds bounds) override {
    if (broken_) return tl::unexpected(*broken_);
    if (after >= head_.sequence) return std::vector<StoredPtr>{};
    const Sequence entries =
        std::min<Sequence>(std::max<std::size_t>(bounds.entries_max, 1), head_.sequence - after);
    auto page = rows_.read(after, entries, bounds.bytes_max);
    if (!page) return broken(page.error());
    return page;
  }

  [[nodiscard]] Head head() const override { return head_; }

  [[nodiscard]] TreeHead tree() const override { return tree_.head(); }

  Result<Hash> node(unsigned level, std::uint64_t index) override {
    if (broken_) return tl::unexpected(*broken_);
    auto hash = tree_.node(level, index);
    if (!hash) return broken(hash.error());
    return hash;
  }

  Result<Rest> idle() override {
    if (broken_) return tl::unexpected(*broken_);
    if (database_.log_bytes() > options_.checkpoint_idle_bytes) {
      if (auto folded = database_.fold_log(); !folded) return broken(folded.error());
    }
    if (digest_) digest_->write(options_.digest_entries);
    if (verified_ == unverified_) return Rest::done;
    const auto entries = std::min<Sequence>(verified_entries, unverified_ - verified_);
    const auto check = [this](const Hash& leaf) { return tree_.check(leaf); };
    if (auto good = rows_.verify(verified_, entries, check); !good) return broken(good.error());
    verified_ += entries;
    return verified_ == unverified_ ? Rest::done : Rest::wanted;
  }

 private:
  // What the digest does not stand for, with the nodes over it if that is everything.
  Result<Sequence> replay(Sequence last) {
    Result<void> good;
    auto read = unverified_;
    auto end = rows_.replay(unverified_, [&](const v1::Entry& entry, const Hash& leaf) {
      judge_.apply(entry);
      if (++read % options_.progress_entries == 0) options_.progress(read, last);
      if (unverified_ == 0 && good) good = tree_.check(leaf);
      if (digest_) digest_->add(entry, leaf);
      if (digest_) digest_->write(options_.digest_entries);
    });
    if (!good) return tl::unexpected(good.error());
    return end;
  }

  // What the digest stands for is left to be verified.
  Result<void> restore() {
    std::optional<Error> error;
    unverified_ = digest_->restore(judge_, [&](Sequence sequence) -> std::optional<Hash> {
      auto leaf = rows_.leaf(sequence);
      if (leaf) return *leaf;
      error = leaf.error();
      return std::nullopt;
    });
    if (error) return tl::unexpected(*error);
    return {};
  }

  void digest(const std::vector<Leaf>& leaves) {
    for (const Leaf& leaf : leaves) digest_->add(leaf.stored->entry, leaf.hash);
    digest_->write(2 * options_.digest_entries);
  }

  Result<void> write(const std::vector<Leaf>& leaves) {
    if (database_.log_bytes() > options_.checkpoint_bytes_max) {
      if (auto folded = database_.fold_and_truncate_log(); !folded) return folded;
    }
    if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return begun;
    for (const Leaf& leaf : leaves) {
      if (auto inserted = rows_.insert(leaf); !inserted) return inserted;
      if (auto added = tree_.add(leaf.hash); !added) return added;
    }
    return database_.run("COMMIT");
  }

  Result<StoredPtr> find(Sequence sequence) {
    auto page = rows_.read(sequence - 1, 1, 0);
    if (!page) return tl::unexpected(page.error());
    return page->front();
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
  SqliteTree tree_;
  Head head_;
  Judge& judge_;
  const WallClock clock_;
  const SqliteOptions options_;
  std::optional<Digest> digest_;
  Sequence unverified_ = 0;  // entries up to here are checked bit by bit when idle …
  Sequence verified_ = 0;    // … and these have been
  std::optional<Error> broken_;
};

Result<void> fill(const std::filesystem::path& file, const Leaf& first) {
  auto database = Database::open(file);
  if (!database) return tl::unexpected(database.error());
  if (auto done = create_format(*database); !done) return done;
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
  if (auto known = check_header(file); !known) return tl::unexpected(known.error());
  auto database = Database::open(file);
  if (!database) return tl::unexpected(database.error());
  if (auto known = check_format(*database); !known) return tl::unexpected(known.error());
  if (auto durable = database->make_durable(options.durability); !durable)
    return tl::unexpected(durable.error());
  auto rows = Rows::prepare(*database);
  if (!rows) return tl::unexpected(rows.error());
  auto head = rows->head();
  if (!head) return tl::unexpected(at(file, head.error()));
  auto tree = SqliteTree::prepare(*database);
  if (!tree) return tl::unexpected(at(file, tree.error()));
  auto journal = std::make_unique<SqliteJournal>(*std::move(database), *std::move(rows),
                                                 *std::move(tree), *std::move(head), judge,
                                                 std::move(clock), std::move(options));
  if (auto started = journal->start(); !started) return tl::unexpected(at(file, started.error()));
  return journal;
}

}  // namespace noroshi::journal
