#include "proto/wire/connection.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cassert>
#include <utility>

namespace noroshi::wire {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// One TLS record's worth, one of each a thread: an idle connection has no buffer.
constexpr std::size_t record_bytes_max = 16 * 1024;
thread_local std::array<std::byte, record_bytes_max> received;
thread_local std::array<std::byte, record_bytes_max> gathered;

// After so much the other connections of the thread get their turn.
constexpr int records_read_per_turn_max = 16;
constexpr auto pace_slice = std::chrono::milliseconds(10);
constexpr std::size_t record_overhead_bytes = 22;  // TLS 1.3: header, type and tag
constexpr std::size_t bytes_written_per_turn_max = 1024 * 1024;

asio::ip::address address_of(const Connection::Socket& socket) {
  error_code error;
  const auto address = socket.remote_endpoint(error).address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address;
}

}  // namespace

Connection::Connection(Socket socket, TlsChannel channel)
    : socket_(std::move(socket)),
      channel_(std::move(channel)),
      peer_(address_of(socket_)),
      last_received_(Clock::now()),
      last_progress_(last_received_) {
  error_code error;
  socket_.non_blocking(true, error);
  if (error) {
    end_reason_ = error.message();
    state_ = State::closed;
    return;
  }
  // Refused only by a connection that has ended already, which reading will tell.
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  if (channel_.established()) state_ = State::open;
}

std::string Connection::peer_address() const { return peer_.to_string(); }

void Connection::start(ConnectionHandler& handler) {
  handler_ = &handler;
  switch (state_) {
    case State::handshaking:
      return post(&Connection::shake);
    case State::closed:
      return post(&Connection::report_end);
    default:
      return post_read_turn();
  }
}

void Connection::post(Step step) {
  asio::post(socket_.get_executor(), [self = shared_from_this(), step] { (self.get()->*step)(); });
}

void Connection::arm_read() {
  if (std::exchange(read_armed_, true)) return;
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
    self->read_armed_ = false;
    if (error) return self->finish(error.message());
    self->on_readable();
  });
}

void Connection::arm_write() {
  if (std::exchange(write_armed_, true)) return;
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& error) {
    self->write_armed_ = false;
    if (error) return self->finish(error.message());
    self->on_writable();
  });
}

void Connection::on_readable() {
  if (state_ == State::handshaking) return shake();
  if (state_ == State::lingering) return discard_turn();
  if (std::exchange(write_wants_read_, false)) go_on_writing();
  read_turn();
}

void Connection::on_writable() {
  if (state_ == State::handshaking) return shake();
  if (std::exchange(read_wants_write_, false)) read_turn();
  go_on_writing();
}

void Connection::shake() {
  if (state_ != State::handshaking) return;
  last_received_ = Clock::now();
  switch (channel_.handshake().progress) {
    case TlsChannel::Progress::wants_read:
      return arm_read();
    case TlsChannel::Progress::wants_write:
      return arm_write();
    case TlsChannel::Progress::closed:
      return finish("the peer ended the connection during the TLS handshake");
    case TlsChannel::Progress::failed:
      return finish("TLS handshake: " + channel_.failure_detail());
    case TlsChannel::Progress::done:
      break;
  }
  state_ = State::open;
  last_progress_ = last_received_;
  handler_->on_open();
  if (!queue_.empty()) flush();
  read_turn();
}

void Connection::post_read_turn() {
  if (!std::exchange(read_turn_posted_, true)) post(&Connection::read_turn);
}

void Connection::read_turn() {
  read_turn_posted_ = false;
  for (int records = 0; reading() && records < records_read_per_turn_max; ++records) {
    const TlsChannel::Moved moved = channel_.read(received);
    switch (moved.progress) {
      case TlsChannel::Progress::done:
        last_received_ = Clock::now();
        handler_->on_bytes(std::span<const std::byte>(received).first(moved.bytes));
        if (reading() && ahead_of_pace(moved.bytes)) return rest();
        if (reading() && !channel_.bytes_inside()) return arm_read();
        break;
      case TlsChannel::Progress::wants_read:
        return arm_read();
      case TlsChannel::Progress::wants_write:
        read_wants_write_ = true;
        return arm_write();
      case TlsChannel::Progress::closed:
        return finish({});
      case TlsChannel::Progress::failed:
        return finish(channel_.failure_detail());
    }
  }
  if (reading()) post_read_turn();
}

void Connection::pace_reading(std::size_t bytes) { pace_ = bytes; }

bool Connection::ahead_of_pace(std::size_t bytes) {
  if (pace_ == 0) return false;
  read_in_slice_ += bytes + record_overhead_bytes;
  if (read_in_slice_ < pace_) return false;
  if (last_received_ - slice_began_ < pace_slice) return true;
  slice_began_ = last_received_;
  read_in_slice_ = bytes + record_overhead_bytes;
  return read_in_slice_ >= pace_;
}

// The end of the slice finds the connection as it is then: closing, or paused by its handler.
void Connection::rest() {
  resting_ = true;
  if (!rest_) rest_ = std::make_unique<asio::steady_timer>(socket_.get_executor());
  rest_->expires_at(slice_began_ + pace_slice);
  rest_->async_wait([self = shared_from_this()](const error_code& error) {
    if (error) return;
    self->resting_ = false;
    if (self->reading()) self->post_read_turn();
  });
}

void Connection::send(Frame frame) {
  if (state_ != State::handshaking && state_ != State::open) return;
  if (all_taken()) last_progress_ = Clock::now();
  queue_.push(std::move(frame));
}

void Connection::send(std::string bytes) {
  send(std::make_shared<const std::string>(std::move(bytes)));
}

void Connection::flush() {
  if (state_ != State::open || write_armed_ || write_wants_read_ || all_taken()) return;
  write_turn();
  post_drained();
}

void Connection::tell_when_drained() {
  drained_wanted_ = true;
  post_drained();
}

void Connection::post_drained() {
  if (!drained_wanted_ || state_ != State::open || !all_taken()) return;
  if (!std::exchange(drained_posted_, true)) post(&Connection::drained);
}

void Connection::write_turn() {
  const std::size_t kept_before = channel_.kept();
  std::size_t written = 0;
  auto progress = channel_.send_kept();
  if (progress == TlsChannel::Progress::done) {
    channel_.hold();
    progress = write_queue(written);
    const auto sent = channel_.let_go();
    if (sent != TlsChannel::Progress::done) progress = sent;
  }
  if (channel_.kept() < kept_before + written) last_progress_ = Clock::now();
  switch (progress) {
    case TlsChannel::Progress::done:
      if (!all_taken()) arm_write();
      return;
    case TlsChannel::Progress::wants_write:
      return arm_write();
    case TlsChannel::Progress::wants_read:
      write_wants_read_ = true;
      return arm_read();
    case TlsChannel::Progress::closed:
      return finish({});
    case TlsChannel::Progress::failed:
      return finish(channel_.failure_detail());
  }
}

// As much of the queue as TLS takes in one turn.
TlsChannel::Progress Connection::write_queue(std::size_t& written) {
  while (!queue_.empty() && written < bytes_written_per_turn_max) {
    const TlsChannel::Moved moved = channel_.write(queue_.front(gathered));
    if (moved.progress != TlsChannel::Progress::done) return moved.progress;
    queue_.consume(moved.bytes);
    written += moved.bytes;
  }
  return TlsChannel::Progress::done;
}

// From the loop only: the handler may be called from here.
void Connection::go_on_writing() {
  if (state_ == State::closing) {
    write_turn();
    if (state_ == State::closing && all_taken()) say_goodbye();
  } else if (state_ == State::open && !all_taken()) {
    write_turn();
    drained();
  }
}

void Connection::drained() {
  drained_posted_ = false;
  if (!drained_wanted_ || state_ != State::open || !all_taken() || handler_ == nullptr) return;
  drained_wanted_ = false;
  handler_->on_drained();
}

void Connection::pause_reading() { paused_ = true; }

void Connection::resume_reading() {
  if (!std::exchange(paused_, false) || state_ != State::open) return;
  post_read_turn();
}

void Connection::close_after_flush(Clock::duration limit) {
  if (state_ == State::handshaking) return finish({});
  if (state_ != State::open) return;
  state_ = State::closing;
  limit_ = std::make_unique<asio::steady_timer>(socket_.get_executor(), limit);
  limit_->async_wait([self = shared_from_this()](const error_code& error) {
    if (error) return;
    const bool all_sent = self->state_ == State::lingering;
    self->finish(all_sent ? "" : "the peer did not take what was queued in time");
  });
  if (write_armed_ || write_wants_read_) return;
  write_turn();
  if (state_ == State::closing && all_taken()) say_goodbye();
}

void Connection::say_goodbye() {
  if (channel_.shutdown() == TlsChannel::Progress::wants_write) return arm_write();
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  state_ = State::lingering;
  discard_turn();
}

// What the peer still sends is thrown away as it is; closing over it would reset the connection.
void Connection::discard_turn() {
  for (int reads = 0; reads < records_read_per_turn_max; ++reads) {
    error_code error;
    // Not into `received`: another connection of this thread may be in the middle of reading it.
    std::array<std::byte, 4096> discarded;
    const std::size_t got = socket_.read_some(asio::buffer(discarded), error);
    if (error == asio::error::would_block) return arm_read();
    if (error || got == 0) return finish({});
  }
  arm_read();
}

void Connection::close(std::string reason) { finish(std::move(reason)); }

void Connection::abandon() {
  handler_ = nullptr;
  finish({});
}

void Connection::finish(std::string reason) {
  if (state_ == State::closed) return;
  if (state_ == State::open) channel_.shutdown();
  state_ = State::closed;
  end_reason_ = std::move(reason);
  queue_.clear();
  limit_.reset();
  error_code error;
  socket_.close(error);
  if (handler_ != nullptr) post(&Connection::report_end);
}

void Connection::report_end() {
  if (ConnectionHandler* handler = std::exchange(handler_, nullptr))
    handler->on_closed(end_reason_);
}

Connection::Handoff Connection::release() {
  assert(state_ == State::open && all_taken());
  state_ = State::closed;
  handler_ = nullptr;
  error_code error;
  const int descriptor = socket_.release(error);
  assert(!error);
  return {descriptor, std::move(channel_)};
}

std::shared_ptr<Connection> Connection::adopt(asio::io_context& context, Handoff handoff) {
  ::sockaddr_storage local{};
  ::socklen_t size = sizeof local;
  ::getsockname(handoff.descriptor, reinterpret_cast<::sockaddr*>(&local), &size);
  Socket socket(context);
  error_code error;
  socket.assign(local.ss_family == AF_INET6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4(),
                handoff.descriptor, error);
  // Not watched means not open: start() reports it.
  if (error) ::close(handoff.descriptor);
  return std::make_shared<Connection>(std::move(socket), std::move(handoff.channel));
}

}  // namespace noroshi::wire
