// A Unix socket address for a path of any length.
#pragma once

#include <filesystem>
#include <string>

#include "proto/result.hpp"

namespace noroshi::admin {

// Socket addresses hold 107 bytes. A longer path is reached through its directory, held open here:
// the address is valid while this object lives.
class SocketAddress {
 public:
  // not_found when the directory is not there.
  static Result<SocketAddress> of(const std::filesystem::path& file);
  SocketAddress(SocketAddress&& other) noexcept;
  SocketAddress& operator=(SocketAddress&&) = delete;
  ~SocketAddress();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  SocketAddress(std::string path, int directory) : path_(std::move(path)), directory_(directory) {}
  std::string path_;
  int directory_;  // -1: not needed
};

}  // namespace noroshi::admin
