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
  ~Loopback();
  [[nodiscard]] std::uint16_t port() const;
  void close();

 private:
  class Visit;
  struct State;
  std::shared_ptr<State>
      state_;  // shared with the visits, which the io_context may outlive us with
};

}  // namespace noroshi::transport
