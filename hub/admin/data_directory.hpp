// The data directory as `init` lays it out.
//
//   noroshi.toml  configuration          tls/   ca.pem ca.key hub.pem hub.key
//   journal.db    the log                keys/  operator.token audit.key
//   audit.pub     whose signature the checkpoints bear
//   tree-head     the last head of the log that was signed
//   format        version of the layout  demo/  tokens of the sample organisations (init --demo)
//   unfinished    while init works: written first, removed last
#pragma once

#include <filesystem>
#include <string_view>

#include "hub/admin/words.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

inline constexpr std::string_view directory_format = "1";

struct DataDirectory {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path configuration() const { return root / "noroshi.toml"; }
  [[nodiscard]] std::filesystem::path journal() const { return root / "journal.db"; }
  [[nodiscard]] std::filesystem::path format() const { return root / "format"; }
  [[nodiscard]] std::filesystem::path unfinished() const { return root / "unfinished"; }
  [[nodiscard]] std::filesystem::path tls() const { return root / "tls"; }
  [[nodiscard]] std::filesystem::path keys() const { return root / "keys"; }
  [[nodiscard]] std::filesystem::path demo() const { return root / "demo"; }
  [[nodiscard]] std::filesystem::path audit_key() const { return keys() / "audit.key"; }
  [[nodiscard]] std::filesystem::path audit_verifier() const { return root / "audit.pub"; }
  [[nodiscard]] std::filesystem::path tree_head() const { return root / "tree-head"; }
  [[nodiscard]] std::filesystem::path operator_token() const { return keys() / "operator.token"; }
  [[nodiscard]] std::filesystem::path admin_socket() const { return root / "admin.sock"; }
};

// Whether the directory is there, complete, and of a format this program knows; otherwise a
// configuration error that says what to do. Reads only.
Result<void> check_complete(const DataDirectory& directory, Language language);

}  // namespace noroshi::admin
