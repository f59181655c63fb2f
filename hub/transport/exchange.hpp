// One request and the ways to answer it, as the door hands it to a handler.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "proto/wire/connection.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::transport {

// What takes over a connection after its upgrade; `early` is what the client sent behind its
// request.
using TakeOver = std::function<void(wire::Connection::Handoff handoff, std::string early)>;

// Who is at the other end of the connection, as far as the door can tell.
struct Caller {
  std::string address;  // without port; see Connection::peer_address
};

struct Exchange {
  wire::Request request;
  Caller caller;
  // Exactly one of the two, once, from any thread. Without an answer the connection waits until
  // its deadline and is closed.
  std::function<void(wire::Response)> respond;
  std::function<void(wire::Response switching, TakeOver take_over)> upgrade;
};

// What a door does with requests. Both are called on the door's thread and must not block.
struct Handlers {
  // Looks at the header before a body is read: a response refuses, and the connection is closed.
  std::function<std::optional<wire::Response>(const wire::Request& header, const Caller& caller)>
      admit;
  std::function<void(Exchange exchange)> handle;
  // The answer when it is the door itself that says no; the connection is closed after it.
  enum class Trouble { framing, slow_request, slow_answer, stopping };
  std::function<wire::Response(Trouble trouble, const wire::FramingError& error)> refuse;
};

}  // namespace noroshi::transport
