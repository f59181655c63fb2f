#include "publishers/client/call.hpp"

#include <boost/asio/connect.hpp>
#include <utility>

namespace noroshi::publishers {

using boost::asio::ip::tcp;

Call::Call(boost::asio::io_context& context, const wire::HubAddress& hub,
           const wire::TlsContext& tls, std::string request, Ends ends)
    : hub_(hub),
      tls_(tls),
      request_(std::move(request)),
      ends_(std::move(ends)),
      resolver_(context),
      socket_(context) {}

Call::~Call() {
  if (connection_ && !closed_) connection_->abandon();
}

void Call::start() {
  resolver_.async_resolve(
      hub_.host, hub_.port,
      [self = shared_from_this()](const boost::system::error_code& error, auto addresses) {
        error ? self->end(failure_of(error)) : self->connect(std::move(addresses));
      });
}

void Call::connect(tcp::resolver::results_type addresses) {
  if (over_) return;
  boost::asio::async_connect(
      socket_, addresses,
      [self = shared_from_this()](const boost::system::error_code& error, const auto&) {
        error ? self->end(failure_of(error)) : self->open();
      });
}

void Call::open() {
  if (over_) return;
  auto channel = wire::TlsChannel::connecting(tls_, socket_.native_handle(), hub_.host);
  connection_ = std::make_shared<wire::Connection>(std::move(socket_), std::move(channel));
  connection_->start(*this);
}

void Call::close(std::chrono::milliseconds limit) {
  over_ = true;
  if (connection_ && !closed_) return connection_->close_after_flush(limit);
  closed_ = true;
  boost::system::error_code ignored;
  resolver_.cancel();
  socket_.close(ignored);
}

void Call::end(Failure failure) {
  if (!connection_) closed_ = true;
  if (!std::exchange(over_, true)) ends_.ended(std::move(failure));
}

void Call::on_open() {
  connection_->send(std::move(request_));
  connection_->flush();
}

void Call::on_bytes(std::span<const std::byte> bytes) {
  if (!over_) ends_.bytes(bytes);
}

void Call::on_closed(const std::string& reason) {
  closed_ = true;
  end(failure_of_ending(reason));
}

}  // namespace noroshi::publishers
