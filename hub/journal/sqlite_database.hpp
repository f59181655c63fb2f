// One SQLite connection that owns its file, and its prepared statements. SQLite's codes end here.
//
// Failure  conflict when another process holds the file, configuration when it is no database,
//          io for everything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/journal/journal.hpp"
#include "proto/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace noroshi::journal {

// Lives no longer than its Database. Views of columns hold until the next step or the end of the
// run; bound bytes must outlive the run.
class Statement {
 public:
  Statement() = default;

  // Indexes of parameters start at 1. What fails here is reported by step().
  void bind(int index, std::uint64_t number);
  void bind_text(int index, std::string_view text);
  void bind_blob(int index, std::string_view bytes);

  // True: there is a row. False: done.
  Result<bool> step();

  // Indexes of columns start at 0.
  [[nodiscard]] std::uint64_t number(int column) const;
  // Absent for NULL.
  [[nodiscard]] std::optional<std::string_view> bytes(int column) const;

  // Makes it ready for another run; unbound parameters are NULL.
  void reset();

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bind_code_ = 0;
};

// Resets a statement when its run ends, however it ends.
class Run {
 public:
  explicit Run(Statement& statement) : statement_(statement) {}
  ~Run() { statement_.reset(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

 private:
  Statement& statement_;
};

class Database {
 public:
  // `file` must exist and be writable. Nothing is written before make_durable().
  static Result<Database> open(const std::filesystem::path& file);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

  // Statements without parameters and rows.
  Result<void> run(const char* sql);
  // The first column of the first row as text; empty when there is none.
  Result<std::string> ask(const std::string& sql);
  Result<Statement> prepare(const char* sql);

  // Takes the file for this connection alone, in WAL mode with a sync at every commit, and reads
  // each setting back. Failure: configuration when SQLite did not do as told.
  Result<void> make_durable(Durability durability);

  // Until fold_on_close(), and again after keep_on_close(), closing leaves the write-ahead log as
  // it is, for the next start to verify.
  void fold_on_close();
  void keep_on_close();

  // Bytes of the write-ahead log not yet folded into the file.
  [[nodiscard]] std::size_t log_bytes() const { return *log_bytes_; }
  // Keeps the space of the write-ahead log, so that the next commits need not grow it again.
  Result<void> fold_log();
  // Gives its space back.
  Result<void> fold_and_truncate_log();

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Database(sqlite3* connection, std::filesystem::path file);
  [[nodiscard]] tl::unexpected<Error> failed(const char* what) const;
  Result<void> fold(int mode);
  // After a failed sync, what the kernel shows of the log may never reach the disk, whatever is
  // synced later: so all that was there at the start is written once more before it is built on.
  Result<void> write_log_again();
  void watch_log();

  std::unique_ptr<std::size_t> log_bytes_;  // told by SQLite at each commit; before `connection_`
  std::unique_ptr<sqlite3, Close> connection_;
  std::filesystem::path file_;
};

}  // namespace noroshi::journal
