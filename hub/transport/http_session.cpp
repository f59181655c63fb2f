#include "hub/transport/http_session.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <chrono>
#include <utility>

#include "proto/wire/http_head.hpp"

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;

constexpr auto handshake_max = 10s;
constexpr auto header_max = 5s;
constexpr auto body_max = 10s;
constexpr auto handling_max = 60s;
constexpr auto idle_max = 60s;
constexpr auto closing_max = 5s;

bool changes_something(const wire::Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

bool wants_close(const wire::Request& request) {
  return std::any_of(request.fields.begin(), request.fields.end(), [](const auto& field) {
    return wire::same_word(field.first, "Connection") && wire::lists_word(field.second, "close");
  });
}

}  // namespace

HttpSession::HttpSession(boost::asio::io_context& context,
                         std::shared_ptr<wire::Connection> connection,
                         const wire::RequestLimits& limits, const Handlers& handlers, Events events)
    : context_(context),
      connection_(std::move(connection)),
      handlers_(handlers),
      events_(std::move(events)),
      reader_(limits),
      deadline_(context) {}

void HttpSession::start() {
  alive_ = shared_from_this();
  arm(handshake_max);
  connection_->start(*this);
}

void HttpSession::drain() {
  draining_ = true;
  if (state_ == State::handshaking) return connection_->close("the hub is stopping");
  if (state_ != State::reading) return;
  if (header_ != Header::none) return refuse(Handlers::Trouble::stopping);
  state_ = State::closing;
  connection_->close_after_flush(closing_max);
}

void HttpSession::on_open() {
  over();
  caller_.address = connection_->peer_address();
  state_ = State::reading;
  arm(idle_max);
}

// The handshake is over, one way or the other: told once.
void HttpSession::over() {
  if (state_ == State::handshaking && events_.handshake_over) {
    events_.handshake_over();
    events_.handshake_over = nullptr;
  }
}

void HttpSession::on_bytes(std::span<const std::byte> bytes) {
  const auto alive = alive_;
  if (state_ == State::reading) return read_on(bytes);
  if (state_ == State::closing || state_ == State::handshaking) return;
  behind_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  connection_->pause_reading();
}

void HttpSession::read_on(std::span<const std::byte> bytes) {
  using Reading = wire::RequestReader::State;
  if (header_ == Header::none) {  // the deadline counts from the first byte
    header_ = Header::begun;
    arm(header_max);
  }
  const auto taken = reader_.feed(bytes);
  if (reader_.state() == Reading::failed)
    return refuse(Handlers::Trouble::framing, reader_.error());
  if (reader_.state() == Reading::reading_header) return;
  if (header_ == Header::begun && !admitted()) return;
  if (reader_.state() == Reading::reading_body) return;
  const auto rest = bytes.subspan(taken);
  behind_.assign(reinterpret_cast<const char*>(rest.data()), rest.size());
  handle();
}

void HttpSession::refuse(Handlers::Trouble trouble, const wire::FramingError& error) {
  close_with(handlers_.refuse(trouble, error), closing_max);
}

bool HttpSession::admitted() {
  if (auto refusal = handlers_.admit(reader_.header(), caller_)) {
    without_body_ = reader_.header().method == "HEAD";
    close_with(*refusal, closing_max);
    return false;
  }
  header_ = Header::admitted;
  if (reader_.state() == wire::RequestReader::State::reading_body) {
    arm(body_max);
    if (wire::find(reader_.header().fields, "Expect")) {
      connection_->send(std::string("HTTP/1.1 100 Continue\r\n\r\n"));
      connection_->flush();
    }
  }
  return true;
}

void HttpSession::handle() {
  state_ = State::handling;
  header_ = Header::none;
  arm(handling_max);
  auto request = reader_.take();
  if (changes_something(request) && !behind_.empty())
    return refuse(Handlers::Trouble::framing,
                  {400, "bytes behind a request that changes something (no pipelining)"});
  if (wants_close(request)) draining_ = true;
  asked_to_upgrade_ = wire::find(request.fields, "Upgrade").has_value();
  Exchange exchange;
  exchange.request = std::move(request);
  exchange.caller = caller_;
  const auto self = weak_from_this();
  exchange.respond = [self, &context = context_](wire::Response response) {
    boost::asio::dispatch(context, [self, response = std::move(response)] {
      if (const auto session = self.lock()) session->respond(response);
    });
  };
  exchange.upgrade = [self, &context = context_](wire::Response switching, TakeOver take_over) {
    boost::asio::dispatch(
        context, [self, switching = std::move(switching), take_over = std::move(take_over)] {
          if (const auto session = self.lock()) session->upgrade(switching, take_over);
        });
  };
  handlers_.handle(std::move(exchange));
}

void HttpSession::respond(const wire::Response& response) {
  if (state_ != State::handling) return;
  // Behind a refused upgrade come bytes of another protocol, or what only looks like them.
  const bool refused_upgrade = asked_to_upgrade_ || response.status == 426;
  if (draining_ || refused_upgrade) return close_with(response, idle_max);
  state_ = State::answering;
  arm(idle_max);
  connection_->pause_reading();
  connection_->send(wire::encode(response, wire::Persistence::keep_alive));
  connection_->flush();
}

// The answer has left: what came behind the request is read first, then the connection again.
void HttpSession::next() {
  state_ = State::reading;
  if (draining_) return drain();
  arm(idle_max);
  const auto behind = std::exchange(behind_, {});
  connection_->resume_reading();  // only posts
  if (!behind.empty()) read_on(std::as_bytes(std::span(behind)));
}

void HttpSession::upgrade(const wire::Response& switching, TakeOver take_over) {
  if (state_ != State::handling) return;
  if (draining_) return connection_->close("the hub is stopping");
  state_ = State::upgrading;
  take_over_ = std::move(take_over);
  connection_->pause_reading();
  connection_->send(wire::encode(switching, wire::Persistence::keep_alive));
  connection_->flush();
}

void HttpSession::on_drained() {
  const auto self = shared_from_this();
  if (state_ == State::answering) return next();
  if (state_ != State::upgrading) return;
  deadline_.cancel();
  state_ = State::closing;
  auto take_over = std::move(take_over_);
  auto handoff = connection_->release();
  alive_.reset();
  events_.ended(this);
  take_over(std::move(handoff), std::move(behind_));
}

void HttpSession::close_with(const wire::Response& response, std::chrono::seconds limit) {
  state_ = State::closing;
  connection_->pause_reading();
  connection_->send(without_body_ ? wire::encode_header(response, wire::Persistence::close)
                                  : wire::encode(response, wire::Persistence::close));
  connection_->close_after_flush(limit);
}

void HttpSession::arm(std::chrono::seconds limit) {
  deadline_.expires_after(limit);
  deadline_.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
    const auto session = self.lock();
    if (!error && session) session->expired();
  });
}

void HttpSession::expired() {
  const auto now = boost::asio::steady_timer::clock_type::now();
  if (deadline_.expiry() > now) return;  // armed anew after this expiry had been queued
  if (state_ == State::handling) return refuse(Handlers::Trouble::slow_answer);
  if (state_ == State::answering && now - connection_->last_progress() < idle_max)
    return arm(idle_max);
  if (state_ == State::reading && header_ != Header::none)
    return refuse(Handlers::Trouble::slow_request);
  connection_->close("");
}

void HttpSession::on_closed(const std::string&) {
  over();
  deadline_.cancel();
  state_ = State::closing;
  const auto alive = std::exchange(alive_, nullptr);
  events_.ended(this);
}

}  // namespace noroshi::transport
