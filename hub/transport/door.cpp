#include "hub/transport/door.hpp"

#include <sys/resource.h>

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <utility>
#include <vector>

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

// Fixed, or the kernel lets each peer that never reads hold megabytes of its memory: what
// sixty-four alerts of 2 kB take, which is as much as one turn of a shard sends.
constexpr int kernel_buffer_bytes = 128 * 1024;
constexpr int backlog = 4096;
constexpr auto pause_after_error = 100ms;
constexpr auto pause_while_full = 100ms;
constexpr auto rounds_every = 1s;
// Four thousand newcomers a second, more than shake hands in that time; the rest wait in the
// kernel.
constexpr auto admissions_slice = 10ms;
constexpr std::size_t admissions_a_slice_max = 40;
// A handshake that takes longer waits for its peer, not for us.
constexpr auto handshake_young = 200ms;
constexpr auto first_request_within = 10s;
constexpr auto first_request_within_when_filling = 2s;

// The kernel gives the lowest free number: all below a descriptor are in use.
bool too_few_left(int descriptor, std::size_t kept) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  return static_cast<rlim_t>(descriptor) + kept >= limit.rlim_cur;
}

Strangers::Address plain(const Strangers::Address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
  return address;
}

}  // namespace

Door::Door(boost::asio::io_context& context, Handshakes& handshakes, wire::TlsContext tls,
           DoorBounds bounds, Handlers handlers)
    : context_(context),
      handshakes_(handshakes),
      tls_(std::move(tls)),
      bounds_(std::move(bounds)),
      handlers_(std::move(handlers)),
      acceptor_(context),
      pause_(context),
      round_(context),
      strangers_(bounds_.strangers_max, bounds_.strangers_per_address_max) {}

Result<void> Door::open(const std::string& address, std::uint16_t port) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return failure(ErrorCode::configuration, "listen = \"" + address + "\" is no address");
  const tcp::endpoint endpoint(parsed, port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  // What it accepts inherits it.
  if (!error) acceptor_.set_option(tcp::acceptor::send_buffer_size(kernel_buffer_bytes), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(backlog, error);
  if (error) {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    return failure(ErrorCode::unavailable,
                   address + ":" + std::to_string(port) + ": " + error.message());
  }
  accept();
  if (handlers_.welcome) look_round();
  return {};
}

// Sends away whoever may no longer stay, idle or not.
void Door::look_round() {
  std::vector<std::shared_ptr<HttpSession>> unwelcome;
  for (const auto& [id, guest] : guests_) {
    auto session = guest.session.lock();
    if (session && !handlers_.welcome(guest.caller)) unwelcome.push_back(std::move(session));
  }
  for (const auto& session : unwelcome) session->dismiss();
  round_.expires_after(rounds_every);
  round_.async_wait([this](const boost::system::error_code& error) {
    if (!error) look_round();
  });
}

std::uint16_t Door::port() const { return acceptor_.local_endpoint().port(); }

DoorGauges Door::gauges() const {
  using State = HttpSession::State;
  const auto in = [this](State state) { return (*sessions_)[static_cast<std::size_t>(state)]; };
  auto gauges = counted_;
  gauges.handshaking = shaking_;
  gauges.reading = in(State::reading);
  gauges.handling = in(State::handling);
  gauges.answering = in(State::answering) + in(State::upgrading);
  gauges.closing = in(State::closing);
  gauges.strangers = strangers_.size();
  return gauges;
}

void Door::accept() {
  if (accepting_ || !acceptor_.is_open() || full() || hurried() || crowded()) return;
  accepting_ = true;
  acceptor_.async_accept([this](const boost::system::error_code& error, Socket socket) {
    accepting_ = false;
    if (error == boost::asio::error::operation_aborted) return;
    if (!error) {
      welcome(std::move(socket));
      return accept();
    }
    ++counted_.pauses;
    accept_later(pause_after_error);
  });
}

void Door::accept_later(Clock::duration wait) {
  pause_.expires_after(wait);
  pause_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) accept();
  });
}

// Every place is taken, and there is no stranger who could make room for a newcomer.
bool Door::full() {
  if (guests_.size() < bounds_.connections_max) return false;
  if (strangers_.room_at_door(Clock::now()).kind == Strangers::Room::Kind::evict) return false;
  ++counted_.pauses;
  accept_later(pause_while_full);
  return true;
}

// Enough handshakes to keep their thread busy are in progress: comes back when the oldest is no
// longer young, or earlier, when one is done.
bool Door::hurried() {
  const auto now = Clock::now();
  while (!young_.empty() && now - young_.begin()->second >= handshake_young)
    young_.erase(young_.begin());
  if (young_.size() < bounds_.handshakes_max) return false;
  accept_later(young_.begin()->second + handshake_young - now);
  return true;
}

// Whoever is in comes before whoever wants in: accepting them would keep the thread busy.
bool Door::crowded() {
  const auto now = Clock::now();
  if (now - slice_began_ >= admissions_slice) {
    slice_began_ = now;
    admitted_in_slice_ = 0;
  }
  if (admitted_in_slice_++ < admissions_a_slice_max) return false;
  accept_later(slice_began_ + admissions_slice - now);
  return true;
}

void Door::welcome(Socket socket) {
  boost::system::error_code error;
  const auto address = plain(socket.remote_endpoint(error).address());
  if (error) {  // taken, and reset by then
    ++counted_.accepted;
    return;
  }
  const int descriptor = socket.native_handle();
  if (!room_for(address, descriptor)) return;
  ++counted_.accepted;
  ++shaking_;
  const auto id = handshakes_.next_id();
  const auto now = Clock::now();
  strangers_.add(id, address, now);
  young_.emplace(id, now);
  guests_[id].caller = {address.to_string(), descriptor, std::nullopt};
  handshakes_.begin(id, std::move(socket), tls_,
                    [this, id](Handshakes::Outcome outcome) { shaken(id, std::move(outcome)); });
}

// False when the newcomer is not let in.
bool Door::room_for(const Strangers::Address& address, int descriptor) {
  using Kind = Strangers::Room::Kind;
  const auto now = Clock::now();
  if (too_few_left(descriptor, bounds_.descriptors_kept)) {
    const auto room = strangers_.room_at_door(now);
    if (room.kind == Kind::evict) evict(room.evicted);
    ++counted_.refused_descriptors;
    return false;
  }
  const auto room = guests_.size() < bounds_.connections_max ? strangers_.room_for(address, now)
                                                             : strangers_.room_at_door(now);
  if (room.kind == Kind::evict) evict(room.evicted);
  if (room.kind == Kind::none) ++counted_.refused_strangers;
  return room.kind != Kind::none;
}

void Door::evict(Id id) {
  ++counted_.evicted;
  strangers_.remove(id);
  if (const auto session = guests_.at(id).session.lock()) return session->cut();
  handshakes_.cancel(id);
}

void Door::shaken(Id id, Handshakes::Outcome outcome) {
  using Ending = Handshakes::Outcome::Ending;
  --shaking_;
  young_.erase(id);
  auto& counts = counted_.handshakes;
  switch (outcome.ending) {
    case Ending::open:
      ++counts.done;
      begin_session(id, std::move(*outcome.connection));
      return accept();
    case Ending::slow:
      ++counts.slow;
      break;
    case Ending::ended:
      ++counts.ended;
      break;
    case Ending::failed:
      ++counts.failed;
      break;
    case Ending::cancelled:
      ++counts.cancelled;
      break;
  }
  ended(id);
}

void Door::begin_session(Id id, wire::Connection::Handoff handoff) {
  auto& guest = guests_.at(id);
  if (handlers_.take_over) {
    auto caller = guest.caller;
    caller.certificate = handoff.channel.client_certificate();
    handlers_.take_over(caller, std::move(handoff));
    return ended(id);
  }
  HttpSession::Door door{context_, bounds_.requests, handlers_, sessions_, {}, {}};
  door.identified = [this, id](const std::string& identity) { return identified(id, identity); };
  door.ended = [this, id] { ended(id); };
  auto connection = wire::Connection::adopt(context_, std::move(handoff));
  guest.caller.certificate = connection->client_certificate();
  auto session =
      std::make_shared<HttpSession>(std::move(door), std::move(connection), guest.caller);
  guest.session = session;
  session->start(strangers_.filling() ? first_request_within_when_filling : first_request_within);
  if (drained_) session->drain();
}

bool Door::identified(Id id, const std::string& identity) {
  strangers_.remove(id);
  auto& guest = guests_.at(id);
  forget(guest.identity);
  guest.identity = identity;
  if (++by_identity_[identity] <= bounds_.connections_per_identity_max) return true;
  ++counted_.refused_identity;
  return false;
}

void Door::forget(const std::string& identity) {
  const auto found = by_identity_.find(identity);
  if (found != by_identity_.end() && --found->second == 0) by_identity_.erase(found);
}

void Door::ended(Id id) {
  strangers_.remove(id);
  forget(guests_.at(id).identity);
  guests_.erase(id);
  accept();
  if (guests_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void Door::drain(std::function<void()> drained) {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  round_.cancel();
  if (guests_.empty()) return drained();
  drained_ = std::move(drained);
  std::vector<std::shared_ptr<HttpSession>> sessions;
  for (const auto& [id, guest] : guests_) {
    if (auto session = guest.session.lock())
      sessions.push_back(std::move(session));
    else
      handshakes_.cancel(id);
  }
  for (const auto& session : sessions) session->drain();
}

}  // namespace noroshi::transport
