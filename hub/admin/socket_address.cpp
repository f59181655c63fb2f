#include "hub/admin/socket_address.hpp"

#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace noroshi::admin {

Result<SocketAddress> SocketAddress::of(const std::filesystem::path& file) {
  if (file.native().size() < sizeof(sockaddr_un::sun_path)) return SocketAddress(file.native(), -1);
  const auto folder = file.parent_path();
  const int directory = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) {
    const int number = errno;
    return failure(ErrorCode::not_found, folder.string() + ": " + std::strerror(number));
  }
  return SocketAddress(
      "/proc/self/fd/" + std::to_string(directory) + "/" + file.filename().string(), directory);
}

SocketAddress::SocketAddress(SocketAddress&& other) noexcept
    : path_(std::move(other.path_)), directory_(std::exchange(other.directory_, -1)) {}

SocketAddress::~SocketAddress() {
  if (directory_ >= 0) ::close(directory_);
}

}  // namespace noroshi::admin
