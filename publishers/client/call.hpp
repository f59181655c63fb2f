// One request over TLS on a connection of its own, and whatever bytes come back.
//
// Life       made shared; start() once. It ends with the peer, or with close(), after which nothing
//            of `ends` is called any more.
// Threading  the thread that runs its io_context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "proto/wire/connection.hpp"
#include "proto/wire/hub_address.hpp"
#include "proto/wire/tls.hpp"
#include "publishers/client/failure.hpp"

namespace noroshi::publishers {

class Call final : public wire::ConnectionHandler, public std::enable_shared_from_this<Call> {
 public:
  struct Ends {
    std::function<void(std::span<const std::byte>)> bytes;
    std::function<void(Failure)> ended;  // at most once, and nothing after it
  };

  // The server must prove to be `hub.host`; nothing is sent before it has. `hub` and `tls` live
  // until it has ended.
  Call(boost::asio::io_context& context, const wire::HubAddress& hub, const wire::TlsContext& tls,
       std::string request, Ends ends);
  ~Call() override;

  void start();
  // Says good-bye to the peer, for as long as the io_context runs, at most `limit`.
  void close(std::chrono::milliseconds limit);
  // Nothing of it is under way any more.
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void connect(boost::asio::ip::tcp::resolver::results_type addresses);
  void open();
  void end(Failure failure);

  void on_open() override;
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_closed(const std::string& reason) override;

  const wire::HubAddress& hub_;
  const wire::TlsContext& tls_;
  std::string request_;
  Ends ends_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::ip::tcp::socket socket_;
  std::shared_ptr<wire::Connection> connection_;
  bool over_ = false;  // nothing is told any more
  bool closed_ = false;
};

}  // namespace noroshi::publishers
