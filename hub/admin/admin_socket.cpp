#include "hub/admin/admin_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/socket_address.hpp"

namespace noroshi::admin {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

constexpr std::size_t connections_max = 32;
constexpr auto accept_pause = std::chrono::milliseconds(100);

// Who sits at the other end, as the kernel saw it at connect(); nothing when it will not say.
std::optional<uid_t> user_of(stream_protocol::socket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return std::nullopt;
  }
  return peer.uid;
}

bool may_administer(uid_t user) { return user == 0 || user == ::geteuid(); }

// One connection: reads one request, later writes one answer.
class Visit : public std::enable_shared_from_this<Visit> {
 public:
  using OnRequest = std::function<void(std::shared_ptr<Visit>, AdminRequest)>;

  Visit(stream_protocol::socket socket, std::chrono::milliseconds patience)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), patience_(patience) {}

  void begin(OnRequest on_request) {
    limit();
    auto self = shared_from_this();
    asio::async_read_until(
        socket_, asio::dynamic_buffer(received_, request_bytes_max), '\n',
        [self, on_request = std::move(on_request)](error_code failed, std::size_t length) {
          self->timer_.cancel();
          self->read(failed, length, on_request);
        });
  }

  void answer(const AdminAnswer& answer) {
    limit();
    sending_ = to_json(answer) + "\n";
    asio::async_write(socket_, asio::buffer(sending_),
                      [self = shared_from_this()](error_code, std::size_t) {
                        self->timer_.cancel();
                        self->close();
                      });
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  void read(error_code failed, std::size_t length, const OnRequest& on_request) {
    if (failed == asio::error::not_found) {
      const auto words = say(Language::english, Say::request_too_long, request_bytes_max);
      return answer(answer_of({ErrorCode::invalid, words}));
    }
    if (failed) return close();
    auto request = read_request(std::string_view(received_).substr(0, length - 1));
    if (!request) {
      const auto words = say(Language::english, Say::request_malformed, request.error().detail);
      return answer(answer_of({ErrorCode::invalid, words}));
    }
    const auto user = user_of(socket_);
    if (!user || !may_administer(*user)) {
      const auto name = user ? std::to_string(*user) : std::string("?");
      const auto words = say(request->language, Say::peer_refused, name);
      return answer(answer_of({ErrorCode::refused, words}));
    }
    on_request(shared_from_this(), std::move(*request));
  }

  void limit() {
    timer_.expires_after(patience_);
    timer_.async_wait([self = shared_from_this()](error_code cancelled) {
      if (!cancelled) self->close();
    });
  }

  stream_protocol::socket socket_;
  asio::steady_timer timer_;
  const std::chrono::milliseconds patience_;
  std::string received_;
  std::string sending_;
};

tl::unexpected<Error> socket_failure(const std::filesystem::path& file, int number) {
  return failure(ErrorCode::io, printable(file.string()) + ": " + std::strerror(number));
}

}  // namespace

// Shared with the operations under way, so that they may end after the AdminSocket.
class AdminSocket::Door : public std::enable_shared_from_this<Door> {
 public:
  Door(asio::io_context& context, std::filesystem::path file, Handler handler,
       std::chrono::milliseconds patience)
      : acceptor_(context),
        pause_(context),
        file_(std::move(file)),
        handler_(std::move(handler)),
        patience_(patience) {}

  Result<void> listen() {
    const auto address = SocketAddress::of(file_);
    if (!address) return tl::unexpected<Error>(address.error());
    const stream_protocol::endpoint endpoint(address->path());
    error_code failed;
    acceptor_.open(endpoint.protocol(), failed);
    if (failed) return socket_failure(file_, failed.value());
    if (auto free = remove_stale(endpoint); !free) return free;
    const auto before = ::umask(0177);
    acceptor_.bind(endpoint, failed);
    ::umask(before);
    if (failed) return socket_failure(file_, failed.value());
    bound_ = true;
    acceptor_.listen(static_cast<int>(connections_max), failed);
    if (failed) return socket_failure(file_, failed.value());
    accept();
    return {};
  }

  void close() {
    closed_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& known : visits_) {
      if (const auto visit = known.lock()) visit->close();
    }
    waiting_.clear();
    handler_ = nullptr;
    if (bound_) ::unlink(file_.c_str());
  }

 private:
  // The file outlives a hub that was killed; then nobody answers on it.
  Result<void> remove_stale(const stream_protocol::endpoint& endpoint) {
    stream_protocol::socket probe(acceptor_.get_executor());
    error_code failed;
    probe.connect(endpoint, failed);
    if (!failed) {
      return failure(ErrorCode::conflict,
                     say(Language::english, Say::another_hub, printable(file_.string())));
    }
    if (failed == asio::error::connection_refused && ::unlink(file_.c_str()) != 0) {
      return socket_failure(file_, errno);
    }
    return {};
  }

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](error_code failed, stream_protocol::socket socket) {
          if (self->closed_) return;
          if (failed) return self->accept_later();
          self->welcome(std::move(socket));
          self->accept();
        });
  }

  // Out of descriptors, most likely: never spin on it.
  void accept_later() {
    pause_.expires_after(accept_pause);
    pause_.async_wait([self = shared_from_this()](error_code cancelled) {
      if (!cancelled && !self->closed_) self->accept();
    });
  }

  void welcome(stream_protocol::socket socket) {
    std::erase_if(visits_, [](const auto& visit) { return visit.expired(); });
    if (visits_.size() >= connections_max) return;  // the socket closes
    const auto visit = std::make_shared<Visit>(std::move(socket), patience_);
    visits_.push_back(visit);
    visit->begin([door = weak_from_this()](std::shared_ptr<Visit> from, AdminRequest request) {
      const auto self = door.lock();
      if (!self || self->closed_) return from->close();
      self->waiting_.emplace_back(std::move(from), std::move(request));
      self->serve_next();
    });
  }

  // One after the other: see Handler.
  void serve_next() {
    if (busy_ || waiting_.empty() || closed_) return;
    busy_ = true;
    auto [visit, request] = std::move(waiting_.front());
    waiting_.pop_front();
    handler_(std::move(request),
             [door = weak_from_this(), visit = visit](const AdminAnswer& answer) {
               visit->answer(answer);
               const auto self = door.lock();
               if (!self) return;
               self->busy_ = false;
               // Not from inside the handler, which may have answered at once.
               asio::post(self->acceptor_.get_executor(), [self] { self->serve_next(); });
             });
  }

  stream_protocol::acceptor acceptor_;
  asio::steady_timer pause_;
  std::filesystem::path file_;
  Handler handler_;
  std::chrono::milliseconds patience_;
  std::vector<std::weak_ptr<Visit>> visits_;
  std::deque<std::pair<std::shared_ptr<Visit>, AdminRequest>> waiting_;
  bool busy_ = false;
  bool bound_ = false;
  bool closed_ = false;
};

Result<std::unique_ptr<AdminSocket>> AdminSocket::open(asio::io_context& context,
                                                       const std::filesystem::path& file,
                                                       Handler handler,
                                                       std::chrono::milliseconds patience) {
  auto door = std::make_shared<Door>(context, file, std::move(handler), patience);
  std::unique_ptr<AdminSocket> socket(new AdminSocket(door));
  if (auto listening = door->listen(); !listening) return tl::unexpected(listening.error());
  return socket;
}

AdminSocket::~AdminSocket() { door_->close(); }

}  // namespace noroshi::admin
