#include "hub/config/start_progress.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string>

namespace noroshi::config {
namespace {

using namespace std::chrono_literals;

// The service manager's end of NOTIFY_SOCKET, in the abstract namespace.
class ServiceManager {
 public:
  ServiceManager() : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    const auto name = "noroshi-test-" + std::to_string(::getpid());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name.data(), name.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    EXPECT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", ("@" + name).c_str(), 1);
  }
  ~ServiceManager() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(descriptor_);
  }
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  // Empty when nothing was told.
  std::string told() {
    std::array<char, 512> bytes;
    const auto got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    return got <= 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(got));
  }

 private:
  int descriptor_;
};

TEST(StartProgress, IsToldOnceASecondAndAsksForPatience) {
  ServiceManager manager;
  const StartProgress::Clock::time_point begun{};
  StartProgress progress(begun);
  progress.tell(4096, 1'000'000, begun + 999ms);
  EXPECT_EQ(manager.told(), "") << "a quick start is not worth a word";
  progress.tell(250'000, 1'000'000, begun + 1s);
  EXPECT_EQ(manager.told(), "EXTEND_TIMEOUT_USEC=60000000\nSTATUS=reading the log: 25 %");
  progress.tell(260'000, 1'000'000, begun + 1999ms);
  EXPECT_EQ(manager.told(), "");
  progress.tell(500'000, 1'000'000, begun + 2s);
  EXPECT_NE(manager.told().find("50 %"), std::string::npos);
}

}  // namespace
}  // namespace noroshi::config
