#include "hub/admin/hub_line.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "hub/admin/printable.hpp"
#include "hub/admin/socket_address.hpp"

namespace noroshi::admin {
namespace {

using Clock = std::chrono::steady_clock;

class Line {
 public:
  Line(int descriptor, Clock::time_point deadline) : descriptor_(descriptor), deadline_(deadline) {}
  ~Line() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && !try_again(POLLOUT)) return false;
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The first line that comes.
  std::optional<std::string> receive_line() {
    std::string line;
    std::array<char, 64 << 10> piece;
    while (line.size() < answer_bytes_max) {
      const auto received = ::recv(descriptor_, piece.data(), piece.size(), 0);
      if (received == 0) {
        errno = ECONNRESET;
        return std::nullopt;
      }
      if (received < 0) {
        if (!try_again(POLLIN)) return std::nullopt;
        continue;
      }
      const std::string_view got(piece.data(), static_cast<std::size_t>(received));
      const auto end = got.find('\n');
      line += got.substr(0, end);
      if (end != std::string_view::npos) return line;
    }
    errno = EMSGSIZE;
    return std::nullopt;
  }

 private:
  // Waits when the descriptor was only not ready; false with errno when it is something worse.
  bool try_again(short events) {
    if (errno == EINTR) return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    pollfd waiting{descriptor_, events, 0};
    const int ready = left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
    if (ready == 0) errno = ETIMEDOUT;
    return ready > 0 || (ready < 0 && errno == EINTR);
  }

  int descriptor_;
  Clock::time_point deadline_;
};

}  // namespace

Result<std::optional<AdminAnswer>> ask_hub(const std::filesystem::path& socket_file,
                                           const AdminRequest& request,
                                           std::chrono::milliseconds patience) {
  const auto name = printable(socket_file.string());
  const auto silent = [&](ErrorCode code) {
    const int number = errno;
    return failure(code, say(request.language, Say::hub_silent, name, std::strerror(number)));
  };
  const auto address = SocketAddress::of(socket_file);
  if (!address) return std::nullopt;

  Line line(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
            Clock::now() + patience);
  if (line.descriptor() < 0) return silent(ErrorCode::unavailable);
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address->path().c_str(), address->path().size() + 1);
  if (::connect(line.descriptor(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR) return std::nullopt;
    return silent(errno == EACCES ? ErrorCode::refused : ErrorCode::unavailable);
  }

  // A hub that refuses before it has read everything still says why.
  const bool sent = line.send(to_json(request) + "\n");
  const auto answer = line.receive_line();
  if (!answer) return silent(ErrorCode::unavailable);
  (void)sent;
  auto read = read_answer(*answer);
  if (!read) {
    return failure(ErrorCode::protocol, say(request.language, Say::hub_answer_malformed, name));
  }
  return std::optional<AdminAnswer>(std::move(*read));
}

}  // namespace noroshi::admin
