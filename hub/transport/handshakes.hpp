// The thread that performs TLS handshakes, for all doors: a thousand of them cost a second of CPU,
// and no request, no alert and no answer waits for one.
//
// Bounds     10 s for each. One whose peer has sent no byte yet costs a descriptor and no TLS
//            state. How many are under way at once is the caller's to bound.
// Threading  everything here is called on the front's thread, and answered there.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "proto/wire/connection.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::transport {

class Handshakes {
 public:
  using Id = std::uint64_t;
  struct Outcome {
    enum class Ending { open, slow, ended, failed, cancelled };
    Ending ending;
    std::string detail;  // OpenSSL's words after `failed`
    // With `open`; whoever gets it adopts it.
    std::optional<wire::Connection::Handoff> connection;
  };
  using Done = std::function<void(Outcome)>;

  explicit Handshakes(boost::asio::io_context& front);
  // Cuts off whatever is under way; its `done` is not called any more.
  ~Handshakes();
  Handshakes(const Handshakes&) = delete;
  Handshakes& operator=(const Handshakes&) = delete;

  // A name for the next handshake, higher than all before it, of whichever door.
  [[nodiscard]] Id next_id() { return ++last_id_; }
  // `done` is called once.
  void begin(Id id, wire::Connection::Socket socket, wire::TlsContext tls, Done done);
  // Closes it if it is still under way: then it ends `cancelled`.
  void cancel(Id id);

 private:
  class Handshake;

  boost::asio::io_context& front_;
  Id last_id_ = 0;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unordered_map<Id, std::shared_ptr<Handshake>> under_way_;  // of the thread
  std::thread thread_;
};

}  // namespace noroshi::transport
