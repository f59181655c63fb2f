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

wire::RequestLimits limits() {
  wire::RequestLimits limits;
  limits.body_bytes_max = 0;
  limits.hosts = {"localhost", "127.0.0.1", "::1", "[::1]"};
  return limits;
}

}  // namespace

class Loopback::Visit : public std::enable_shared_from_this<Loopback::Visit> {
 public:
  Visit(Loopback& door, tcp::socket socket)
      : door_(door),
        socket_(std::move(socket)),
        deadline_(door.context_, visit_max),
        reader_(limits()) {
    ++door_.visits_;
  }
  ~Visit() {
    --door_.visits_;
    door_.accept();
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
    write(door_.handle_(reader_.take()));
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

  Loopback& door_;
  tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  wire::RequestReader reader_;
  std::array<char, 4096> bytes_{};
  std::string answer_;
};

Loopback::Loopback(boost::asio::io_context& context, Handle handle)
    : context_(context), handle_(std::move(handle)), acceptor_(context) {}

Result<void> Loopback::open(std::uint16_t port) {
  boost::system::error_code error;
  const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(), port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(16, error);
  if (error)
    return failure(ErrorCode::unavailable,
                   "127.0.0.1:" + std::to_string(port) + ": " + error.message());
  accept();
  return {};
}

std::uint16_t Loopback::port() const { return acceptor_.local_endpoint().port(); }

void Loopback::close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

void Loopback::accept() {
  if (accepting_ || !acceptor_.is_open() || visits_ >= connections_max) return;
  accepting_ = true;
  acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    accepting_ = false;
    if (error == boost::asio::error::operation_aborted) return;
    if (!error) std::make_shared<Visit>(*this, std::move(socket))->start();
    accept();
  });
}

}  // namespace noroshi::transport
