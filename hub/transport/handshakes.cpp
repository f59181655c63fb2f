#include "hub/transport/handshakes.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "hub/transport/priority.hpp"

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;
using boost::system::error_code;
using Socket = wire::Connection::Socket;

constexpr auto handshake_max = 10s;

// Not accepted there at once: an accept that is never answered would outlive the thread's context,
// and with it a socket of that context. One that cannot be moved is closed, as its first wait
// tells.
Socket moved_to(boost::asio::io_context& context, Socket socket) {
  error_code error;
  const auto protocol = socket.local_endpoint(error).protocol();
  const int descriptor = socket.release(error);
  Socket moved(context);
  if (!error) moved.assign(protocol, descriptor, error);
  if (error && descriptor >= 0) ::close(descriptor);
  return moved;
}

// How Connection begins the reason when TLS itself said no.
constexpr std::string_view tls_said_no = "TLS handshake: ";

}  // namespace

class Handshakes::Handshake : public wire::ConnectionHandler,
                              public std::enable_shared_from_this<Handshake> {
 public:
  using End = std::function<void(Outcome)>;  // on the handshakes' thread, once

  Handshake(boost::asio::io_context& context, Socket socket, wire::TlsContext tls, End end)
      : socket_(std::move(socket)),
        tls_(std::move(tls)),
        deadline_(context, handshake_max),
        end_(std::move(end)) {}

  // TLS state is made when the peer has said something.
  void start() {
    deadline_.async_wait([self = weak_from_this()](const error_code& error) {
      const auto handshake = self.lock();
      if (!error && handshake) handshake->stop(Outcome::Ending::slow);
    });
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
      if (!self->end_) return;
      if (error) return self->finish({Outcome::Ending::ended, "", {}});
      self->shake();
    });
  }

  void stop(Outcome::Ending ending) {
    if (!end_) return;
    if (connection_) connection_->abandon();
    error_code ignored;
    socket_.close(ignored);
    finish({ending, "", {}});
  }

  void on_open() override { finish({Outcome::Ending::open, "", connection_->release()}); }
  void on_bytes(std::span<const std::byte> /*bytes*/) override {}  // released before it reads
  void on_closed(const std::string& reason) override {
    if (reason.starts_with(tls_said_no))
      return finish({Outcome::Ending::failed, reason.substr(tls_said_no.size()), {}});
    finish({Outcome::Ending::ended, "", {}});
  }

 private:
  void shake() {
    const int descriptor = socket_.native_handle();
    connection_ = std::make_shared<wire::Connection>(std::move(socket_),
                                                     wire::TlsChannel::accepting(tls_, descriptor));
    connection_->start(*this);
  }

  void finish(Outcome outcome) {
    const auto alive = shared_from_this();
    deadline_.cancel();
    std::exchange(end_, nullptr)(std::move(outcome));
  }

  Socket socket_;
  wire::TlsContext tls_;
  boost::asio::steady_timer deadline_;
  End end_;
  std::shared_ptr<wire::Connection> connection_;
};

Handshakes::Handshakes(boost::asio::io_context& front)
    : front_(front), work_(context_.get_executor()), thread_([this] {
        yield_to_alerts();
        context_.run();
      }) {}

Handshakes::~Handshakes() {
  context_.stop();
  thread_.join();
}

void Handshakes::begin(Id id, Socket socket, wire::TlsContext tls, Done done) {
  auto end = [this, id, done = std::move(done)](Outcome outcome) {
    under_way_.erase(id);
    boost::asio::post(front_, [done, outcome = std::make_shared<Outcome>(std::move(outcome))] {
      done(std::move(*outcome));
    });
  };
  auto handshake = std::make_shared<Handshake>(context_, moved_to(context_, std::move(socket)),
                                               std::move(tls), std::move(end));
  boost::asio::post(context_, [this, id, handshake = std::move(handshake)] {
    under_way_.emplace(id, handshake);
    handshake->start();
  });
}

void Handshakes::cancel(Id id) {
  boost::asio::post(context_, [this, id] {
    const auto found = under_way_.find(id);
    if (found != under_way_.end()) found->second->stop(Outcome::Ending::cancelled);
  });
}

}  // namespace noroshi::transport
