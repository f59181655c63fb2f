// The one file that `noroshi-hub backup` writes and `restore` reads: a line that names the format,
// and the parts of proto/noroshi/v1/backup.proto. As secret as the data directory: 0600.
#pragma once

#include <noroshi/v1/backup.pb.h>
#include <openssl/evp.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "hub/journal/entry.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

inline constexpr std::size_t backup_part_bytes_max = 32u << 20;

// What the key of the log signs at the end, as a note's text.
std::string seal_text(const journal::Hash& before_end, const std::string& checkpoint);

// SHA-256 of what comes piece by piece.
class RunningHash {
 public:
  RunningHash();
  void add(std::string_view bytes);
  // Of all so far; nothing is added afterwards.
  journal::Hash finish();

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// Prepared beside its name and given it by publish(), durable; unpublished, it removes itself.
class BackupWriter {
 public:
  // Failure  conflict when there is something under the name.
  static Result<BackupWriter> begin(const std::filesystem::path& file);
  BackupWriter(BackupWriter&& other) noexcept;
  BackupWriter& operator=(BackupWriter&&) = delete;
  ~BackupWriter();

  Result<void> put(const v1::BackupPart& part);
  // The hash of all bytes so far, once, for the end, which is the last put().
  journal::Hash hash() { return hash_.finish(); }
  Result<void> publish();

 private:
  BackupWriter(int descriptor, std::filesystem::path draft, std::filesystem::path file);
  Result<void> write(std::string_view bytes);
  Result<void> flush();
  [[nodiscard]] tl::unexpected<Error> failed() const;

  int descriptor_;
  std::filesystem::path draft_;  // empty once published or moved from
  std::filesystem::path file_;
  std::string buffer_;
  RunningHash hash_;
  bool sealed_ = false;
};

// Failure  refused: `detail` is the place, for the caller's sentence; not_found where there is no
// file.
class BackupReader {
 public:
  static Result<BackupReader> open(const std::filesystem::path& file);

  // Nothing where the file ends between two parts.
  Result<std::optional<v1::BackupPart>> next();
  // Behind the end part: the hash of all before it.
  [[nodiscard]] const journal::Hash& before_end() const { return before_end_; }
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

 private:
  explicit BackupReader(std::ifstream in) : in_(std::move(in)) {}
  std::ifstream in_;
  RunningHash hash_;
  journal::Hash before_end_{};
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

}  // namespace noroshi::admin
