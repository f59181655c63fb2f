#include "hub/transport/door.hpp"

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <utility>
#include <vector>

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

constexpr int backlog = 4096;
constexpr auto pause_after_error = 100ms;
constexpr auto handshake_while_others_wait = 1s;

}  // namespace

Door::Door(boost::asio::io_context& context, wire::TlsContext tls, DoorBounds bounds,
           Handlers handlers)
    : context_(context),
      tls_(std::move(tls)),
      bounds_(std::move(bounds)),
      handlers_(std::move(handlers)),
      acceptor_(context),
      pause_(context) {}

Result<void> Door::open(const std::string& address, std::uint16_t port) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return failure(ErrorCode::configuration, "listen = \"" + address + "\" is no address");
  const tcp::endpoint endpoint(parsed, port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(backlog, error);
  if (error)
    return failure(ErrorCode::unavailable,
                   address + ":" + std::to_string(port) + ": " + error.message());
  accept();
  return {};
}

std::uint16_t Door::port() const { return acceptor_.local_endpoint().port(); }

void Door::accept() {
  if (accepting_ || !acceptor_.is_open()) return;
  if (sessions_.size() >= bounds_.connections_max) return;
  if (handshakes_ >= bounds_.handshakes_max) return make_room();
  accepting_ = true;
  acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    accepting_ = false;
    if (error == boost::asio::error::operation_aborted) return;
    if (!error) {
      welcome(std::move(socket));
      return accept();
    }
    pause_.expires_after(pause_after_error);
    pause_.async_wait([this](const boost::system::error_code& stopped) {
      if (!stopped) accept();
    });
  });
}

// Closes the oldest handshake once it has had its time; until then comes back when it will have.
void Door::make_room() {
  while (!handshaking_.empty()) {
    const auto oldest = handshaking_.front().session.lock();
    if (oldest && oldest->handshaking()) break;
    handshaking_.pop_front();
  }
  if (handshaking_.empty()) return;
  const auto due = handshaking_.front().begun + handshake_while_others_wait;
  if (std::chrono::steady_clock::now() >= due) {
    if (const auto oldest = handshaking_.front().session.lock()) oldest->drain();
    handshaking_.pop_front();
    return;  // its end accepts the next
  }
  pause_.expires_at(due);
  pause_.async_wait([this](const boost::system::error_code& error) {
    if (!error) accept();
  });
}

void Door::welcome(tcp::socket socket) {
  ++accepted_;
  ++handshakes_;
  const int descriptor = socket.native_handle();
  auto connection = std::make_shared<wire::Connection>(
      std::move(socket), wire::TlsChannel::accepting(tls_, descriptor));
  HttpSession::Events events;
  events.handshake_over = [this] {
    --handshakes_;
    accept();
  };
  events.ended = [this](const HttpSession* session) { ended(session); };
  auto session = std::make_shared<HttpSession>(context_, std::move(connection), bounds_.requests,
                                               handlers_, std::move(events));
  sessions_[session.get()] = session;
  handshaking_.push_back({session, std::chrono::steady_clock::now()});
  if (handshaking_.size() > 2 * bounds_.handshakes_max)
    std::erase_if(handshaking_, [](const Handshake& handshake) {
      const auto alive = handshake.session.lock();
      return !alive || !alive->handshaking();
    });
  session->start();
}

void Door::ended(const HttpSession* session) {
  sessions_.erase(session);
  accept();
  if (sessions_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void Door::drain(std::function<void()> drained) {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  if (sessions_.empty()) return drained();
  drained_ = std::move(drained);
  std::vector<std::shared_ptr<HttpSession>> sessions;
  for (const auto& [key, session] : sessions_)
    if (auto alive = session.lock()) sessions.push_back(std::move(alive));
  for (const auto& session : sessions) session->drain();
}

}  // namespace noroshi::transport
