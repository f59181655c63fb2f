// A real HTTPS server that answers as a test tells it to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "proto/wire/connection.hpp"
#include "proto/wire/http.hpp"
#include "tests/unit/proto/wire/certificates.hpp"

namespace noroshi::publishers::testing {

// What to do with one request.
struct Reply {
  std::string bytes;
  enum class Then { keep_open, cut } then = Then::keep_open;
};

// A whole answer; `fields` beside the Content-Type.
Reply json_reply(int status, std::string body, wire::Fields fields = {});
Reply problem_reply(int status, const std::string& code, wire::Fields fields = {});

// Listens on a free port of 127.0.0.1 with a certificate for exactly that address and runs on a
// thread of its own from start() to stop().
class AnsweringServer {
 public:
  // Called on the server's thread; `nth` counts requests from 1.
  using Script = std::function<Reply(const wire::Request& request, int nth)>;

  explicit AnsweringServer(Script script, const std::string& names = "IP:127.0.0.1");
  ~AnsweringServer();

  // "https://127.0.0.1:<port>".
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::string ca() const { return authority_.certificate().string(); }
  [[nodiscard]] const std::filesystem::path& scratch() const { return directory_.path(); }
  // A token file as the command line takes it.
  [[nodiscard]] std::string token_file() const;
  // Ends the server; the requests it was sent, in order.
  std::vector<wire::Request> stop();

 private:
  class Caller;
  void accept();
  Reply answer(wire::Request request);

  wire::testing::ScratchDirectory directory_;
  wire::testing::Authority authority_;
  wire::TlsContext tls_;
  Script script_;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<std::unique_ptr<Caller>> callers_;
  std::vector<wire::Request> requests_;
  std::thread thread_;
};

}  // namespace noroshi::publishers::testing
