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

// Of something the hub has only so much of: given back when the last copy goes, on any thread.
using Place = std::shared_ptr<const void>;

struct Exchange {
  wire::Request request;
  Caller caller;
  // Exactly one of the two, once, from any thread. Without an answer the connection waits until
  // its deadline and is closed.
  std::function<void(wire::Response)> respond;
  // upgrade: `switching` is 101, or the header of an answer that goes on until the connection ends.
  std::function<void(wire::Response switching, TakeOver take_over)> upgrade;
  Place place = nullptr;  // of its body, as it was admitted
};

// What is said to a request before its body is read.
struct Admission {
  std::optional<wire::Response> refusal;
  // Who asks, once it is known, refused or not; such a connection is no stranger's any more.
  std::string identity;
  // After a refusal: the connection is closed at once, or kept, the body read over and thrown away.
  enum class After { close, keep } after = After::close;
  Place place = nullptr;  // kept as long as the body is, and handed over with it
};

// What a door does with requests. All but room_for_answer are called on the door's thread, and none
// may block.
struct Handlers {
  std::function<Admission(const wire::Request& header, const Caller& caller)> admit;
  std::function<void(Exchange exchange)> handle;
  // Set on a door where no HTTP is spoken: whoever has shaken hands is handed on, and the others of
  // these are not called. Whoever gets it adopts it or closes its descriptor.
  std::function<void(const Caller& caller, wire::Connection::Handoff handoff)> take_over;
  // Whether a caller who is on the line may stay; a mutual-TLS door asks for each once a second and
  // closes those that may not.
  std::function<bool(const Caller& caller)> welcome;
  // A place for a large answer until the kernel has taken it: on any thread, for each with a body
  // of more than `large_answer_bytes`. Null when there is no room: it is dropped, and `busy` said.
  // Not set: there always is.
  static constexpr std::size_t large_answer_bytes = 64 * 1024;
  std::function<Place(const std::string& identity, std::size_t bytes)> room_for_answer;
  // The answer when it is the door itself that says no; the connection is closed after it, but
  // for `busy`.
  enum class Trouble { framing, slow_request, slow_answer, stopping, crowded, busy };
  std::function<wire::Response(Trouble trouble, const wire::FramingError& error)> refuse;
};

}  // namespace noroshi::transport
