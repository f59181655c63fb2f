// A file that appears under its name whole and durable, or not at all.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::admin {

// Written and synced beside its final name; publish() gives it the name. Unpublished, it removes
// itself again. Errors are io, with the path and what the system said.
class StagedFile {
 public:
  static Result<StagedFile> prepare(const std::filesystem::path& file, std::string_view bytes,
                                    mode_t mode);
  StagedFile(StagedFile&& other) noexcept;
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile();

  // Replaces what lies under the name, and syncs the directory.
  Result<void> publish();

 private:
  StagedFile(std::filesystem::path draft, std::filesystem::path file);
  std::filesystem::path draft_;  // empty once published or moved from
  std::filesystem::path file_;
};

Result<void> write_durably(const std::filesystem::path& file, std::string_view bytes, mode_t mode);

// Makes one directory with exactly `mode`; its name is durable when this returns. One that exists
// is an error.
Result<void> make_directory(const std::filesystem::path& directory, mode_t mode);

Result<void> remove_durably(const std::filesystem::path& file);

// Makes the names inside `directory` durable.
Result<void> sync_directory(const std::filesystem::path& directory);

}  // namespace noroshi::admin
