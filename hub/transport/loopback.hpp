// The operator's port: plain HTTP/1.1, bound to loopback only, one request a connection. For health
// checks and metrics; nothing here changes anything or says what an alert contains.
//
// Bounds     `connections_max` at once, 5 s for each; the rest waits in the backlog.
// Threading  the thread that runs `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "proto/result.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::transport {

class Loopback {
 public:
  using Handle = std::function<wire::Response(const wire::Request&)>;

  Loopback(boost::asio::io_context& context, Handle handle);
  Result<void> open(std::uint16_t port);
  [[nodiscard]] std::uint16_t port() const;
  void close();

 private:
  class Visit;
  void accept();

  boost::asio::io_context& context_;
  Handle handle_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::size_t visits_ = 0;
  bool accepting_ = false;
};

}  // namespace noroshi::transport
