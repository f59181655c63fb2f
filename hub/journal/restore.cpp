#include "hub/journal/restore.hpp"

#include <fmt/core.h>

#include <system_error>
#include <utility>

#include "hub/journal/group.hpp"
#include "hub/journal/new_file.hpp"
#include "hub/journal/sqlite_database.hpp"
#include "hub/journal/sqlite_rows.hpp"
#include "hub/journal/sqlite_tree.hpp"

namespace noroshi::journal {
namespace {

constexpr Sequence entries_a_commit = 4096;
constexpr std::size_t log_bytes_max = 64u << 20;

class Draft {
 public:
  static Result<Draft> begin(const std::filesystem::path& file) {
    auto database = Database::open(file);
    if (!database) return tl::unexpected(database.error());
    if (auto done = create_format(*database); !done) return tl::unexpected(done.error());
    if (auto done = database->make_durable(Durability::full); !done)
      return tl::unexpected(done.error());
    auto rows = Rows::prepare(*database);
    if (!rows) return tl::unexpected(rows.error());
    auto tree = SqliteTree::prepare(*database);
    if (!tree) return tl::unexpected(tree.error());
    return Draft(*std::move(database), *std::move(rows), *std::move(tree));
  }

  Result<void> add(const Leaf& leaf) {
    if (!open_) {
      if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return begun;
      open_ = true;
    }
    if (auto inserted = rows_.insert(leaf); !inserted) return inserted;
    if (auto added = tree_.add(leaf.hash); !added) return added;
    return tree_.head().size % entries_a_commit == 0 ? commit() : Result<void>{};
  }

  Result<void> finish() {
    if (auto done = commit(); !done) return done;
    database_.fold_on_close();
    return database_.fold_and_truncate_log();
  }

  [[nodiscard]] TreeHead tree() const { return tree_.head(); }

 private:
  Draft(Database database, Rows rows, SqliteTree tree)
      : database_(std::move(database)), rows_(std::move(rows)), tree_(std::move(tree)) {}

  Result<void> commit() {
    if (!std::exchange(open_, false)) return {};
    if (auto done = database_.run("COMMIT"); !done) return done;
    return database_.log_bytes() > log_bytes_max ? database_.fold_and_truncate_log()
                                                 : Result<void>{};
  }

  Database database_;
  Rows rows_;
  SqliteTree tree_;
  bool open_ = false;
};

Result<void> fill(const std::filesystem::path& file, const NextEntry& next,
                  const Restoration& restoration, std::int64_t at_ms) {
  auto draft = Draft::begin(file);
  if (!draft) return tl::unexpected(draft.error());
  while (true) {
    auto entry = next();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) break;
    auto leaf = copied(draft->tree().size + 1, std::move((*entry)->bytes), (*entry)->content);
    if (!leaf) return tl::unexpected(leaf.error());
    if (auto added = draft->add(*leaf); !added) return added;
  }
  if (draft->tree().size != restoration.tree.size || draft->tree().root != restoration.tree.root)
    return failure(ErrorCode::refused,
                   fmt::format("{} entries are not those of the checkpoint", draft->tree().size));
  const auto begins =
      restoring(restoration.epoch, restoration.checkpoint, draft->tree().size + 1, at_ms);
  if (auto added = draft->add(begins); !added) return added;
  return draft->finish();
}

}  // namespace

Result<void> restore_sqlite(const std::filesystem::path& file, const NextEntry& next,
                            const Restoration& restoration, const WallClock& clock) {
  std::error_code ignored;  // the link decides in the end
  if (std::filesystem::exists(file, ignored))
    return failure(ErrorCode::conflict, file.string() + " exists");
  if (auto begun = begin_draft(file); !begun) return begun;
  if (auto filled = fill(draft_of(file), next, restoration, clock()); !filled) return filled;
  return publish_draft(file);
}

}  // namespace noroshi::journal
