#include "hub/config/systemd.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace noroshi::config {

void tell_service_manager(std::string_view state) {
  const char* name = std::getenv("NOTIFY_SOCKET");
  if (name == nullptr) return;
  const std::string_view path(name);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return;
  std::copy(path.begin(), path.end(), address.sun_path);
  if (path.front() == '@') address.sun_path[0] = '\0';  // an abstract socket

  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  ::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address), size);
  ::close(descriptor);
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  const auto number_in = [](const char* variable) -> std::int64_t {
    const char* text = std::getenv(variable);
    return text == nullptr ? 0 : std::strtoll(text, nullptr, 10);
  };
  const auto us = number_in("WATCHDOG_USEC");
  const auto whom = number_in("WATCHDOG_PID");
  if (us <= 0 || (whom != 0 && whom != ::getpid())) return std::nullopt;
  return std::chrono::microseconds(us);
}

std::string reloading_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  return "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(us);
}

}  // namespace noroshi::config
