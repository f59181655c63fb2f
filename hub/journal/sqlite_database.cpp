#include "hub/journal/sqlite_database.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "hub/journal/new_file.hpp"

namespace noroshi::journal {
namespace {

constexpr std::size_t frame_header_bytes = 24;      // of a page in the write-ahead log
constexpr std::size_t page_bytes = 4096;            // set at creation, checked at open
constexpr sqlite3_int64 log_piece_bytes = 1 << 16;  // SQLite writes less than 2^17 at once

struct Setting {
  const char* name;
  const char* value;     // as it is set
  const char* reported;  // as it is read back
};

// Locking comes first: a log opened under an exclusive lock needs no shared memory, and nobody
// can come in between.
constexpr Setting settings[] = {
    {"locking_mode", "EXCLUSIVE", "exclusive"},
    {"journal_mode", "WAL", "wal"},
    {"mmap_size", "0", "0"},
    {"cell_size_check", "ON", "1"},
    {"trusted_schema", "OFF", "0"},
    {"wal_autocheckpoint", "0", "0"},
};

ErrorCode sort(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::conflict;
    case SQLITE_NOTADB:
      return ErrorCode::configuration;
    default:
      return ErrorCode::io;
  }
}

tl::unexpected<Error> failed_with(sqlite3* connection, const std::string& what) {
  const int code = sqlite3_extended_errcode(connection);
  const ErrorCode sorted = sort(code);
  if (sorted == ErrorCode::conflict)
    return failure(sorted, what + ": another process holds the journal");
  return failure(sorted, fmt::format("{}: {} (SQLite {})", what, sqlite3_errmsg(connection), code));
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::bind(int index, std::uint64_t number) {
  bind_code_ |= sqlite3_bind_int64(statement_.get(), index, static_cast<sqlite3_int64>(number));
}

void Statement::bind_text(int index, std::string_view text) {
  bind_code_ |= sqlite3_bind_text64(statement_.get(), index, text.data() ? text.data() : "",
                                    text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_blob(int index, std::string_view bytes) {
  // A null pointer would bind NULL instead of no bytes.
  bind_code_ |= sqlite3_bind_blob64(statement_.get(), index, bytes.data() ? bytes.data() : "",
                                    bytes.size(), SQLITE_STATIC);
}

Result<bool> Statement::step() {
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  if (bind_code_ != SQLITE_OK) return failed_with(connection, "bind");
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return failed_with(connection, sqlite3_sql(statement_.get()));
  }
}

std::uint64_t Statement::number(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

std::optional<std::string_view> Statement::bytes(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  bind_code_ = SQLITE_OK;
}

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Database::Database(sqlite3* connection, std::filesystem::path file)
    : log_bytes_(std::make_unique<std::size_t>(0)),
      connection_(connection),
      file_(std::move(file)) {}

Result<Database> Database::open(const std::filesystem::path& file) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &connection,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(connection, file);
  if (!connection) return failure(ErrorCode::io, file.string() + ": out of memory");
  if (code != SQLITE_OK) return database.failed("open");
  sqlite3_extended_result_codes(connection, 1);
  database.keep_on_close();
  if (sqlite3_db_readonly(connection, "main") != 0)
    return failure(ErrorCode::configuration, file.string() + " cannot be written");
  // Before the first read, which takes the lock: from then on nobody else has the file.
  if (auto set = database.run("PRAGMA locking_mode=EXCLUSIVE"); !set)
    return tl::unexpected(set.error());
  return database;
}

tl::unexpected<Error> Database::failed(const char* what) const {
  return failed_with(connection_.get(), fmt::format("{}: {}", file_.string(), what));
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return failed(sql);
  return {};
}

Result<std::string> Database::ask(const std::string& sql) {
  auto statement = prepare(sql.c_str());
  if (!statement) return tl::unexpected(statement.error());
  auto row = statement->step();
  if (!row) return failed(sql.c_str());
  return std::string(*row ? statement->bytes(0).value_or("") : "");
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
    return failed(sql);
  return Statement(statement);
}

Result<void> Database::make_durable(Durability durability) {
  const auto set = [this](const Setting& setting) -> Result<void> {
    const std::string sql = fmt::format("PRAGMA {}", setting.name);
    if (auto told = ask(fmt::format("{}={}", sql, setting.value)); !told)
      return tl::unexpected(told.error());
    auto value = ask(sql);
    if (!value) return tl::unexpected(value.error());
    if (*value == setting.reported) return {};
    return failure(ErrorCode::configuration,
                   fmt::format("{}: SQLite keeps {} at '{}' instead of '{}'", file_.string(),
                               setting.name, *value, setting.reported));
  };
  for (const Setting& setting : settings) {
    if (auto done = set(setting); !done) return done;
  }
  const bool full = durability == Durability::full;
  if (auto done = set({"synchronous", full ? "FULL" : "OFF", full ? "2" : "0"}); !done) return done;
  if (full) {
    if (auto again = write_log_again(); !again) return again;
  }
  watch_log();
  // The log was created beside the file just now, unless it was there.
  return sync_directory_of(file_);
}

Result<void> Database::write_log_again() {
  sqlite3_file* log = nullptr;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER,
                       static_cast<void*>(&log));
  if (!log || !log->pMethods) return {};  // nothing was ever written
  sqlite3_int64 bytes = 0;
  if (log->pMethods->xFileSize(log, &bytes) != SQLITE_OK) return failed("size of the log");
  if (bytes == 0) return {};
  std::string piece;
  for (sqlite3_int64 at = 0; at < bytes; at += static_cast<sqlite3_int64>(piece.size())) {
    piece.resize(static_cast<std::size_t>(std::min(bytes - at, log_piece_bytes)));
    const int size = static_cast<int>(piece.size());
    if (log->pMethods->xRead(log, piece.data(), size, at) != SQLITE_OK ||
        log->pMethods->xWrite(log, piece.data(), size, at) != SQLITE_OK)
      return failure(ErrorCode::io, file_.string() + "-wal cannot be written again");
  }
  if (log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) != SQLITE_OK)
    return failure(ErrorCode::io, file_.string() + "-wal cannot be synced");
  return {};
}

void Database::watch_log() {
  std::filesystem::path log = file_;
  log += "-wal";
  std::error_code none;
  const std::uintmax_t bytes = std::filesystem::file_size(log, none);
  *log_bytes_ = none ? 0 : static_cast<std::size_t>(bytes);
  sqlite3_wal_hook(
      connection_.get(),
      [](void* log_bytes, sqlite3*, const char*, int pages) {
        *static_cast<std::size_t*>(log_bytes) =
            static_cast<std::size_t>(pages) * (page_bytes + frame_header_bytes);
        return SQLITE_OK;
      },
      log_bytes_.get());
}

void Database::fold_on_close() {
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

void Database::keep_on_close() {
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<void> Database::fold_log() { return fold(SQLITE_CHECKPOINT_PASSIVE); }
Result<void> Database::fold_and_truncate_log() { return fold(SQLITE_CHECKPOINT_TRUNCATE); }

Result<void> Database::fold(int mode) {
  int pages = 0;
  int folded = 0;
  if (sqlite3_wal_checkpoint_v2(connection_.get(), "main", mode, &pages, &folded) != SQLITE_OK)
    return failed("checkpoint");
  if (pages != folded)
    return failure(ErrorCode::io, file_.string() + ": somebody keeps the write-ahead log in use");
  *log_bytes_ = 0;
  return {};
}

}  // namespace noroshi::journal
