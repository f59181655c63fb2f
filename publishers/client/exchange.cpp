#include "publishers/client/exchange.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "proto/wire/connection.hpp"

namespace noroshi::publishers {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::size_t answer_bytes_max = std::size_t{4} * 1024 * 1024;
constexpr std::chrono::milliseconds close_limit{500};

class Conversation final : public wire::ConnectionHandler {
 public:
  Conversation(const wire::HubAddress& hub, const wire::TlsContext& tls, std::string request)
      : hub_(hub),
        tls_(tls),
        request_(std::move(request)),
        resolver_(context_),
        socket_(context_),
        reader_(answer_bytes_max) {}

  Answer<wire::Response> run(std::chrono::steady_clock::time_point deadline) {
    resolver_.async_resolve(hub_.host, hub_.port,
                            [this](const boost::system::error_code& error, auto addresses) {
                              error ? end(failure_of(error)) : connect(std::move(addresses));
                            });
    while (!result_ && context_.run_one_until(deadline) > 0) continue;
    if (!result_) end(timed_out());
    auto result = std::move(*result_);
    finish();
    return result;
  }

 private:
  static Failure timed_out() {
    Failure failure;
    failure.kind = Failure::Kind::timed_out;
    return failure;
  }

  void connect(tcp::resolver::results_type addresses) {
    asio::async_connect(socket_, addresses,
                        [this](const boost::system::error_code& error, const auto&) {
                          error ? end(failure_of(error)) : open();
                        });
  }

  void open() {
    auto channel = wire::TlsChannel::connecting(tls_, socket_.native_handle(), hub_.host);
    connection_ = std::make_shared<wire::Connection>(std::move(socket_), std::move(channel));
    connection_->start(*this);
  }

  // Lets the connection say its good-bye.
  void finish() {
    if (!connection_ || closed_) return;
    connection_->close_after_flush(close_limit);
    const auto limit = std::chrono::steady_clock::now() + 2 * close_limit;
    while (!closed_ && context_.run_one_until(limit) > 0) continue;
    connection_->abandon();
  }

  void end(Answer<wire::Response> result) {
    if (!result_) result_ = std::move(result);
  }
  void end(Failure failure) { end(Answer<wire::Response>(tl::unexpect, std::move(failure))); }

  void on_open() override {
    connection_->send(std::move(request_));
    connection_->flush();
  }

  void on_bytes(std::span<const std::byte> bytes) override {
    if (result_) return;
    if (const auto taken = reader_.feed(bytes); !taken) {
      Failure failure;
      failure.kind = Failure::Kind::not_a_hub;
      failure.detail = taken.error().detail;
      return end(std::move(failure));
    }
    if (reader_.complete()) end(Answer<wire::Response>(reader_.take()));
  }

  void on_closed(const std::string& reason) override {
    closed_ = true;
    end(failure_of_ending(reason));
  }

  const wire::HubAddress& hub_;
  const wire::TlsContext& tls_;
  std::string request_;
  asio::io_context context_;
  tcp::resolver resolver_;
  tcp::socket socket_;
  wire::ResponseReader reader_;
  std::shared_ptr<wire::Connection> connection_;
  std::optional<Answer<wire::Response>> result_;
  bool closed_ = false;
};

}  // namespace

Answer<wire::Response> exchange(const wire::HubAddress& hub, const wire::TlsContext& tls,
                                const wire::Request& request,
                                std::chrono::steady_clock::time_point deadline) {
  return Conversation(hub, tls, wire::encode(request, hub.authority)).run(deadline);
}

}  // namespace noroshi::publishers
