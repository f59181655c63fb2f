#include "hub/transport/http_session.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <chrono>
#include <utility>

#include "proto/wire/http_head.hpp"

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;

constexpr auto header_max = 5s;
constexpr auto body_max = 10s;
constexpr auto handling_max = 60s;
constexpr auto idle_max = 60s;
constexpr auto closing_max = 5s;
constexpr auto dismissing_max = 3s;

bool changes_something(const wire::Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

bool wants_close(const wire::Request& request) {
  return std::any_of(request.fields.begin(), request.fields.end(), [](const auto& field) {
    return wire::same_word(field.first, "Connection") && wire::lists_word(field.second, "close");
  });
}

}  // namespace

HttpSession::HttpSession(Door door, std::shared_ptr<wire::Connection> connection, Caller caller)
    : door_(std::move(door)),
      connection_(std::move(connection)),
      caller_(std::move(caller)),
      reader_(door_.limits),
      deadline_(door_.context) {
  ++(*door_.counts)[static_cast<std::size_t>(state_)];
}

HttpSession::~HttpSession() { --(*door_.counts)[static_cast<std::size_t>(state_)]; }

void HttpSession::enter(State state) {
  --(*door_.counts)[static_cast<std::size_t>(state_)];
  state_ = state;
  ++(*door_.counts)[static_cast<std::size_t>(state_)];
}

void HttpSession::start(std::chrono::seconds first_request_within) {
  alive_ = shared_from_this();
  arm(first_request_within);
  connection_->start(*this);
}

void HttpSession::drain() {
  draining_ = true;
  if (state_ != State::reading) return;
  if (header_ != Header::none) return refuse(Handlers::Trouble::stopping);
  enter(State::closing);
  connection_->close_after_flush(closing_max);
}

void HttpSession::cut() { connection_->close(""); }

void HttpSession::dismiss() {
  if (state_ == State::handling || state_ == State::answering || state_ == State::upgrading) {
    draining_ = true;
  } else if (state_ == State::reading) {
    enter(State::closing);
    connection_->close_after_flush(dismissing_max);
  }
}

void HttpSession::on_bytes(std::span<const std::byte> bytes) {
  const auto alive = alive_;
  if (state_ == State::reading) return read_on(bytes);
  if (state_ == State::closing) return;
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
  close_with(door_.handlers.refuse(trouble, error), closing_max);
}

bool HttpSession::admitted() {
  without_body_ = reader_.header().method == "HEAD";
  auto admission = door_.handlers.admit(reader_.header(), caller_);
  if (!admission.identity.empty() && admission.identity != identity_) {
    if (!door_.identified(admission.identity)) {
      refuse(Handlers::Trouble::crowded);
      return false;
    }
    identity_ = std::move(admission.identity);
  }
  // Who asked to be told before it sends its body is told at once.
  const bool expects = wire::find(reader_.header().fields, "Expect").has_value();
  const bool body_to_come = reader_.state() == wire::RequestReader::State::reading_body;
  if (admission.refusal && (admission.after == Admission::After::close || expects)) {
    close_with(*admission.refusal, closing_max);
    return false;
  }
  refusal_ = std::move(admission.refusal);
  body_place_ = std::move(admission.place);
  if (refusal_) reader_.discard_body();
  header_ = Header::admitted;
  if (!body_to_come) return true;
  arm(body_max);
  if (expects) {
    connection_->send(std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    connection_->flush();
  }
  return true;
}

void HttpSession::handle() {
  enter(State::handling);
  header_ = Header::none;
  arm(handling_max);
  auto request = reader_.take();
  if (changes_something(request) && !behind_.empty())
    return refuse(Handlers::Trouble::framing,
                  {400, "bytes behind a request that changes something (no pipelining)"});
  if (wants_close(request)) draining_ = true;
  asked_to_upgrade_ = wire::find(request.fields, "Upgrade").has_value();
  if (const auto refusal = std::exchange(refusal_, std::nullopt)) return respond(*refusal);
  Exchange exchange;
  exchange.request = std::move(request);
  exchange.caller = caller_;
  exchange.place = std::move(body_place_);
  exchange.respond = way_to_respond();
  exchange.upgrade = [self = weak_from_this(), &context = door_.context](wire::Response switching,
                                                                         TakeOver take_over) {
    boost::asio::dispatch(
        context, [self, switching = std::move(switching), take_over = std::move(take_over)] {
          if (const auto session = self.lock()) session->upgrade(switching, take_over);
        });
  };
  door_.handlers.handle(std::move(exchange));
}

// Room for a large answer is looked for where it was made, so that those on their way to us count.
std::function<void(wire::Response)> HttpSession::way_to_respond() {
  return [self = weak_from_this(), &context = door_.context, identity = identity_,
          room = door_.handlers.room_for_answer](wire::Response response) {
    const auto bytes = response.body.size();
    const bool asked = room && bytes > Handlers::large_answer_bytes;
    auto place = asked ? room(identity, bytes) : nullptr;
    const bool busy = asked && !place;
    if (busy) response = {};
    boost::asio::dispatch(context, [self, busy, response = std::move(response), place] {
      const auto session = self.lock();
      if (!session) return;
      if (busy) return session->respond_busy();
      session->respond(response, place);
    });
  };
}

void HttpSession::respond_busy() {
  respond(door_.handlers.refuse(Handlers::Trouble::busy, {0, ""}));
}

void HttpSession::respond(const wire::Response& response, Place place) {
  if (state_ != State::handling) return;
  answer_place_ = std::move(place);
  // Behind a refused upgrade come bytes of another protocol, or what only looks like them.
  const bool refused_upgrade = asked_to_upgrade_ || response.status == 426;
  if (draining_ || refused_upgrade || without_body_) return close_with(response, idle_max);
  enter(State::answering);
  arm(idle_max);
  connection_->pause_reading();
  connection_->send(wire::encode(response, wire::Persistence::keep_alive));
  connection_->flush();
  connection_->tell_when_drained();
}

// The answer has left: what came behind the request is read first, then the connection again.
void HttpSession::next() {
  answer_place_.reset();
  enter(State::reading);
  if (draining_) return drain();
  arm(idle_max);
  const auto behind = std::exchange(behind_, {});
  connection_->resume_reading();  // only posts
  if (!behind.empty()) read_on(std::as_bytes(std::span(behind)));
}

void HttpSession::upgrade(const wire::Response& switching, TakeOver take_over) {
  if (state_ != State::handling) return;
  if (draining_) return connection_->close("the hub is stopping");
  enter(State::upgrading);
  take_over_ = std::move(take_over);
  connection_->pause_reading();
  connection_->send(switching.status == 101 ? wire::encode(switching, wire::Persistence::keep_alive)
                                            : wire::encode_endless(switching));
  connection_->flush();
  connection_->tell_when_drained();
}

void HttpSession::on_drained() {
  const auto self = shared_from_this();
  if (state_ == State::answering) return next();
  if (state_ != State::upgrading) return;
  deadline_.cancel();
  enter(State::closing);
  auto take_over = std::move(take_over_);
  auto handoff = connection_->release();
  alive_.reset();
  door_.ended();
  take_over(std::move(handoff), std::move(behind_));
}

void HttpSession::close_with(const wire::Response& response, std::chrono::seconds limit) {
  enter(State::closing);
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
  deadline_.cancel();
  enter(State::closing);
  const auto alive = std::exchange(alive_, nullptr);
  door_.ended();
}

}  // namespace noroshi::transport
