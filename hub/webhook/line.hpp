// One TLS connection to an endpoint's host, and on it one request after another.
//
// Threading  the calls' thread.
// Lifetime   shared; kept alive by what it waits for.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/webhook/answer_reader.hpp"
#include "proto/wire/connection.hpp"

namespace noroshi::webhook {

class Line : public wire::ConnectionHandler, public std::enable_shared_from_this<Line> {
 public:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

  Line(boost::asio::io_context& context, const wire::TlsContext& tls, std::string host);
  ~Line() override;

  // Connects to the first of `endpoints` that takes it, and to nothing else; `tls` verifies the
  // host. Before the first post().
  void open(Endpoints endpoints);
  // `done` once, from the loop: the answer, or one without status. Not while another is under way.
  using Done = std::function<void(Answer)>;
  void post(std::string head, wire::Frame body, Done done);
  // Closes at once; `done` is not called any more.
  void abandon();

  // Whether it can carry another request.
  [[nodiscard]] bool idle() const { return connection_ && !done_ && !ended_ && fit_; }
  // Whether any byte has come in answer to the last post().
  [[nodiscard]] bool answered() const { return reader_.begun(); }
  [[nodiscard]] std::chrono::steady_clock::time_point last_used() const { return last_used_; }
  [[nodiscard]] unsigned carried() const { return carried_; }

  void on_open() override;
  void on_bytes(std::span<const std::byte> bytes) override;
  void on_closed(const std::string& reason) override;

 private:
  void connected();
  void send();
  void end(Answer answer);

  const wire::TlsContext& tls_;
  const std::string host_;
  boost::asio::ip::tcp::socket socket_;
  std::shared_ptr<wire::Connection> connection_;
  std::shared_ptr<Line> alive_;  // while the connection calls us
  Endpoints endpoints_;
  std::string head_;
  wire::Frame body_;
  Done done_;
  AnswerReader reader_;
  std::chrono::steady_clock::time_point last_used_;
  unsigned carried_ = 0;
  bool open_ = false;
  bool ended_ = false;
  bool fit_ = true;
};

}  // namespace noroshi::webhook
