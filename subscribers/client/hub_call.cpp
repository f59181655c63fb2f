#include "subscribers/client/hub_call.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "proto/wire/connection.hpp"

namespace noroshi::subscribers {

namespace {

using Outcome = tl::expected<wire::Response, Fault>;
using boost::asio::ip::tcp;

constexpr std::size_t call_bytes_max = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds call_close_limit{500};

// Ends before its io_context, whose handlers know it.
class HubCall final : wire::ConnectionHandler {
 public:
  HubCall(boost::asio::io_context& context, const LinkSettings& hub, std::string request)
      : context_(context),
        hub_(hub),
        request_(std::move(request)),
        resolver_(context),
        socket_(context),
        reader_(call_bytes_max) {}
  ~HubCall() override {
    if (connection_ && !closed_) connection_->abandon();
  }

  Outcome run(std::chrono::milliseconds limit) {
    dial();
    run_until(std::chrono::steady_clock::now() + limit, [this] { return outcome_.has_value(); });
    if (!outcome_) {
      const auto kind = context_.stopped() ? Fault::Kind::cut : Fault::Kind::timed_out;
      end(Fault{kind, "", std::nullopt});
    }
    if (connection_ && !closed_ && !context_.stopped()) {
      connection_->close_after_flush(call_close_limit);
      run_until(std::chrono::steady_clock::now() + 2 * call_close_limit,
                [this] { return closed_; });
    }
    return std::move(*outcome_);
  }

 private:
  template <class Done>
  void run_until(std::chrono::steady_clock::time_point until, Done done) {
    while (!done() && context_.run_one_until(until) > 0) continue;
  }

  void dial() {
    resolver_.async_resolve(
        hub_.hub.host, hub_.hub.port,
        [this](const boost::system::error_code& error, tcp::resolver::results_type addresses) {
          error ? end(fault_of(error)) : connect(addresses);
        });
  }

  void connect(const tcp::resolver::results_type& addresses) {
    boost::asio::async_connect(socket_, addresses,
                               [this](const boost::system::error_code& error, const auto&) {
                                 error ? end(fault_of(error)) : shake();
                               });
  }

  void shake() {
    auto channel = wire::TlsChannel::connecting(hub_.tls, socket_.native_handle(), hub_.hub.host);
    connection_ = std::make_shared<wire::Connection>(std::move(socket_), std::move(channel));
    connection_->start(*this);
  }

  void end(Outcome outcome) {
    if (!outcome_) outcome_.emplace(std::move(outcome));
  }
  void end(Fault fault) { end(Outcome(tl::unexpect, std::move(fault))); }

  void on_open() override {
    connection_->send(std::move(request_));
    connection_->flush();
  }

  void on_bytes(std::span<const std::byte> bytes) override {
    if (outcome_) return;
    if (const auto taken = reader_.feed(bytes); !taken)
      return end(Fault{Fault::Kind::not_a_hub, taken.error().detail, std::nullopt});
    if (reader_.complete()) end(Outcome(reader_.take()));
  }

  void on_closed(const std::string& reason) override {
    closed_ = true;
    end(fault_of_ending(reason));
  }

  boost::asio::io_context& context_;
  const LinkSettings& hub_;
  std::string request_;
  tcp::resolver resolver_;
  tcp::socket socket_;
  wire::ResponseReader reader_;
  std::shared_ptr<wire::Connection> connection_;
  std::optional<Outcome> outcome_;
  bool closed_ = false;
};

}  // namespace

tl::expected<wire::Response, Fault> call_hub(const LinkSettings& hub, wire::Request request,
                                             std::chrono::milliseconds limit,
                                             std::stop_token stop) {
  if (!hub.token.empty()) request.fields.emplace_back("Authorization", "Bearer " + hub.token);
  request.fields.emplace_back("Accept-Language", hub.language);
  request.fields.emplace_back("User-Agent", "noroshi-subscriber/" NOROSHI_VERSION);
  boost::asio::io_context context(1);
  const std::stop_callback stopping(std::move(stop), [&context] { context.stop(); });
  HubCall call(context, hub, wire::encode(request, hub.hub.authority));
  return call.run(limit);
}

}  // namespace noroshi::subscribers
