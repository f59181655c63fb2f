// The running hub's ear for admin verbs: DIR/admin.sock.
//
// One request a connection: a line of JSON in, a line of JSON out. The file's permission is the key
// (0600), and the peer's user is looked at again: only root and the hub's own user are heard.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "hub/admin/request.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// Bounds     32 connections; a request is at most request_bytes_max long and arrives within
//            `patience`; the answer is taken within `patience`. Beyond: closed.
// Threading  everything, the handler included, on the thread that runs the io_context.
class AdminSocket {
 public:
  using Answer = std::function<void(AdminAnswer)>;
  // Called for one request at a time: the next only after `answer` was called, so that a verb
  // decides on what the former changed. `answer` is called once, on the io_context's thread, and
  // may be kept beyond the AdminSocket.
  using Handler = std::function<void(AdminRequest, Answer answer)>;

  // Replaces the file a dead hub left. conflict when a living one listens there. Changes the
  // process's umask for a moment: open before other threads make files.
  static Result<std::unique_ptr<AdminSocket>> open(
      boost::asio::io_context& context, const std::filesystem::path& file, Handler handler,
      std::chrono::milliseconds patience = std::chrono::seconds(10));
  // Closes and removes the file; requests not yet handed on are dropped.
  ~AdminSocket();

 private:
  class Door;
  explicit AdminSocket(std::shared_ptr<Door> door) : door_(std::move(door)) {}
  std::shared_ptr<Door> door_;
};

}  // namespace noroshi::admin
