#include "hub/transport/loopback.hpp"

#include <array>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <string>
#include <utility>

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

constexpr std::size_t connections_max = 16;
constexpr auto visit_max = 5s;
constexpr auto pause_after_error = 100ms;

wire::RequestLimits limits() {
  wire::RequestLimits limits;
  limits.body_bytes_max = 0;
  limits.hosts = {"localhost", "127.0.0.1", "::1", "[::1]"};
  return limits;
}

}  // namespace

struct Loopback::State : std::enable_shared_from_this<Loopback::State> {
  State(boost::asio::io_context& io_context, Handle handler)
      : context(io_context), handle(std::move(handler)), acceptor(io_context), pause(io_context) {}

  void accept();

  boost::asio::io_context& context;
  Handle handle;
  tcp::acceptor acceptor;
  boost::asio::steady_timer pause;
  std::size_t visits = 0;
  bool accepting = false;
};

class Loopback::Visit : public std::enable_shared_from_this<Loopback::Visit> {
 public:
  Visit(std::shared_ptr<State> door, tcp::socket socket)
      : door_(std::move(door)),
        socket_(std::move(socket)),
        deadline_(door_->context, visit_max),
        reader_(limits()) {
    ++door_->visits;
  }
  ~Visit() {
    --door_->visits;
    door_->accept();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  void start() {
    deadline_.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
      const auto visit = self.lock();
      if (!error && visit) visit->close();
    });
    read();
  }

 private:
  void read() {
    socket_.async_read_some(boost::asio::buffer(bytes_),
                            [self = shared_from_this()](const auto& error, std::size_t size) {
                              if (!error) self->on_bytes(size);
                            });
  }

  void on_bytes(std::size_t size) {
    using State = wire::RequestReader::State;
    reader_.feed(std::as_bytes(std::span(bytes_.data(), size)));
    if (reader_.state() == State::failed)
      return write({reader_.error().status, {}, reader_.error().detail + "\n"});
    if (reader_.state() != State::complete) return read();
    write(door_->handle(reader_.take()));
  }

  void write(const wire::Response& response) {
    answer_ = wire::encode(response, wire::Persistence::close);
    boost::asio::async_write(
        socket_, boost::asio::buffer(answer_),
        [self = shared_from_this()](const auto&, std::size_t) { self->close(); });
  }

  void close() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
    deadline_.cancel();
  }

  std::shared_ptr<State> door_;
  tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  wire::RequestReader reader_;
  std::array<char, 4096> bytes_{};
  std::string answer_;
};

void Loopback::State::accept() {
  if (accepting || !acceptor.is_open() || visits >= connections_max) return;
  accepting = true;
  acceptor.async_accept(
      [self = shared_from_this()](const boost::system::error_code& error, tcp::socket socket) {
        self->accepting = false;
        if (error == boost::asio::error::operation_aborted) return;
        if (!error) {
          std::make_shared<Visit>(self, std::move(socket))->start();
          return self->accept();
        }
        self->pause.expires_after(pause_after_error);
        self->pause.async_wait([self](const boost::system::error_code& stopped) {
          if (!stopped) self->accept();
        });
      });
}

Loopback::Loopback(boost::asio::io_context& context, Handle handle)
    : state_(std::make_shared<State>(context, std::move(handle))) {}

Loopback::~Loopback() { close(); }

Result<void> Loopback::open(std::uint16_t port) {
  boost::system::error_code error;
  auto& acceptor = state_->acceptor;
  const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(), port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(16, error);
  if (error)
    return failure(ErrorCode::unavailable,
                   "127.0.0.1:" + std::to_string(port) + ": " + error.message());
  state_->accept();
  return {};
}

std::uint16_t Loopback::port() const { return state_->acceptor.local_endpoint().port(); }

void Loopback::close() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  state_->pause.cancel();
}

}  // namespace noroshi::transport
