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

// Who is at the other end of a connection, as far as the connection itself shows it.
struct Caller {
  std::string address;  // without port
  int descriptor = -1;  // of the connection: how far the process is with its descriptors
  // On the mutual-TLS door always, on the other never. Its form and its chain are good; whose it
  // is, and whether it still counts, is the handlers' to say.
  std::optional<wire::ClientCertificate> certificate;
};

struct Exchange {
  wire::Request request;
  Caller caller;
  // Exactly one of the two, once, from any thread. Without an answer the connection waits until
  // its deadline and is closed.
  std::function<void(wire::Response)> respond;
  std::function<void(wire::Response switching, TakeOver take_over)> upgrade;
};

// What is said to a request before its body is read.
struct Admission {
  std::optional<wire::Response> refusal;
  // Who asks, once it is known, refused or not; such a connection is no stranger's any more.
  std::string identity;
  // After a refusal: the connection is closed at once, or kept, the body read over and thrown away.
  enum class After { close, keep } after = After::close;
};

// What a door does with requests. All are called on the door's thread and must not block.
struct Handlers {
  std::function<Admission(const wire::Request& header, const Caller& caller)> admit;
  std::function<void(Exchange exchange)> handle;
  // Whether a caller who is on the line may stay; a mutual-TLS door asks for each once a second and
  // closes those that may not.
  std::function<bool(const Caller& caller)> welcome;
  // The answer when it is the door itself that says no; the connection is closed after it.
  enum class Trouble { framing, slow_request, slow_answer, stopping, crowded };
  std::function<wire::Response(Trouble trouble, const wire::FramingError& error)> refuse;
};

}  // namespace noroshi::transport
