// The readiness loop of one TLS connection: the same page for every protocol and both ends.
// Asio only says when the descriptor is ready; TLS and the protocol are fed and asked for bytes.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "proto/wire/frame.hpp"
#include "proto/wire/send_queue.hpp"
#include "proto/wire/tcp_progress.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::wire {

// What a connection tells the protocol above it. All calls come on the connection's thread.
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  // The TLS handshake is done. Not called when it was done before start(), as after adopt().
  virtual void on_open() {}
  // Bytes arrived; all of them are handed over and none are kept. Anything may be called from here.
  virtual void on_bytes(std::span<const std::byte> bytes) = 0;
  // Everything queued has been taken by the kernel: once for each tell_when_drained(), from the
  // loop, never from inside flush().
  virtual void on_drained() {}
  // The last call, once, from the loop: `reason` is empty after an orderly end by either side.
  virtual void on_closed(const std::string& reason) = 0;
};

// Threading  belongs to the thread that runs its io_context; every method is called there.
// Lifetime   shared: kept alive by the waits it has armed. The handler must live until on_closed(),
//            release() or abandon(); after these it is not called again.
// Bounds     none on the queue here: the protocol above decides what it queues and looks at
//            queued_bytes().
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Clock = std::chrono::steady_clock;

  // `socket` is connected; it is made non-blocking and TCP_NODELAY is set. `channel` must be on
  // its descriptor.
  Connection(Socket socket, TlsChannel channel);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Hands events to `handler` from now on and starts (or goes on) reading, from the loop. Performs
  // the TLS handshake first if it has not been done.
  void start(ConnectionHandler& handler);

  // Queues bytes behind what is queued; nothing is sent before flush(). Ignored once closing.
  void send(Frame frame);
  void send(std::string bytes);
  // Writes synchronously as much as the kernel takes, gathering small frames into TLS records and
  // those into few system calls; when it takes no more, arms a writable wait and goes on by itself.
  // Before the handshake is done it does nothing: what is queued then goes out right after
  // on_open().
  void flush();
  // on_drained() is called as soon as nothing is queued; at once, from the loop, if nothing is.
  void tell_when_drained();

  // What the kernel has not taken yet.
  [[nodiscard]] std::size_t queued_bytes() const {
    return state_ == State::closed ? 0 : queue_.bytes() + channel_.kept();
  }
  // When the peer last gave us a byte; when the kernel last took one from us (or the queue was
  // last empty).
  [[nodiscard]] Clock::time_point last_received() const { return last_received_; }
  [[nodiscard]] Clock::time_point last_progress() const { return last_progress_; }
  [[nodiscard]] bool open() const { return state_ == State::open; }
  // What the peer's kernel has said so far.
  [[nodiscard]] TcpProgress tcp_progress() { return wire::tcp_progress(socket_.native_handle()); }
  // Without port, an IPv4 address as such on a dual-stack listener too; known after the end as
  // well.
  [[nodiscard]] std::string peer_address() const;
  // See TlsChannel; once the handshake is done.
  [[nodiscard]] std::optional<ClientCertificate> client_certificate() const {
    return channel_.client_certificate();
  }

  // Sends what is queued, then close_notify, waits for the peer's end (so that a peer still
  // sending reads our last words and not a reset), then closes; at the latest after `limit`.
  // Nothing is read for the handler any more. During the handshake it closes at once.
  void close_after_flush(Clock::duration limit);
  // Closes at once. on_closed() is called from the loop with `reason`. The first reason counts.
  void close(std::string reason);
  // Closes at once and calls the handler never again: for a handler that ends before us.
  void abandon();

  // Stop reading until resumed: back-pressure towards the peer.
  void pause_reading();
  void resume_reading();
  // From now on about so many bytes in any 10 ms, TLS's own included (one record may go beyond);
  // the peer waits with the rest. It keeps one peer from having the thread to itself.
  void pace_reading(std::size_t bytes);

  // Takes the connection off this thread: cancels its waits and gives descriptor and TLS state,
  // to be made a Connection on another io_context. It must be open and the queue empty; the handler
  // is not called again. Whoever gets a Handoff and does not adopt it closes the descriptor.
  struct Handoff {
    int descriptor;
    TlsChannel channel;
  };
  Handoff release();
  // Nothing that arrived meanwhile is lost: start() reads what OpenSSL and the kernel hold.
  static std::shared_ptr<Connection> adopt(boost::asio::io_context& context, Handoff handoff);

 private:
  enum class State { handshaking, open, closing, lingering, closed };
  using Step = void (Connection::*)();

  void post(Step step);
  void arm_read();
  void arm_write();
  void on_readable();
  void on_writable();
  void shake();
  void post_read_turn();
  void read_turn();
  [[nodiscard]] bool ahead_of_pace(std::size_t bytes);
  void rest();
  void write_turn();
  TlsChannel::Progress write_queue(std::size_t& written);
  void go_on_writing();
  void post_drained();
  void drained();
  void say_goodbye();
  void discard_turn();
  void report_end();
  void finish(std::string reason);
  [[nodiscard]] bool all_taken() const { return queued_bytes() == 0; }
  [[nodiscard]] bool reading() const { return state_ == State::open && !paused_ && !resting_; }

  Socket socket_;
  TlsChannel channel_;
  SendQueue queue_;
  ConnectionHandler* handler_ = nullptr;
  std::unique_ptr<boost::asio::steady_timer> limit_;
  boost::asio::ip::address peer_;
  Clock::time_point last_received_;
  Clock::time_point last_progress_;
  std::string end_reason_;
  State state_ = State::handshaking;
  std::size_t pace_ = 0;  // 0: none
  std::size_t read_in_slice_ = 0;
  Clock::time_point slice_began_;
  std::unique_ptr<boost::asio::steady_timer> rest_;
  bool paused_ = false;
  bool resting_ = false;
  bool read_armed_ = false;
  bool write_armed_ = false;
  bool read_wants_write_ = false;
  bool write_wants_read_ = false;
  bool read_turn_posted_ = false;
  bool drained_wanted_ = false;
  bool drained_posted_ = false;
};

}  // namespace noroshi::wire
