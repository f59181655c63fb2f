#include "tests/unit/publishers/answering_server.hpp"

#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>
#include <utility>

namespace noroshi::publishers::testing {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

wire::TlsContext server_context(const wire::testing::Authority& authority,
                                const std::string& names) {
  const auto pem = authority.issue("hub", names);
  return wire::TlsContext::server(pem.certificate, pem.key).value();
}

}  // namespace

Reply json_reply(int status, std::string body, wire::Fields fields) {
  fields.emplace_back("Content-Type", "application/json");
  return {encode(wire::Response{status, std::move(fields), std::move(body)},
                 wire::Persistence::keep_alive)};
}

Reply problem_reply(int status, const std::string& code, wire::Fields fields) {
  fields.emplace_back("Content-Type", "application/problem+json");
  auto body = R"({"type":"about:blank","title":"t","status":)" + std::to_string(status) +
              R"(,"detail":"d","code":")" + code +
              R"(","findings":[{"rule":"cap.R012","severity":"error","path":"/alert/sent",)"
              R"("line":4,"column":9,"message":"m"}]})";
  return {encode(wire::Response{status, std::move(fields), std::move(body)},
                 wire::Persistence::keep_alive)};
}

// One client's connection.
class AnsweringServer::Caller final : public wire::ConnectionHandler {
 public:
  Caller(AnsweringServer& server, tcp::socket socket)
      : server_(server), reader_(wire::RequestLimits{}) {
    auto channel = wire::TlsChannel::accepting(server.tls_, socket.native_handle());
    connection_ = std::make_shared<wire::Connection>(std::move(socket), std::move(channel));
    connection_->start(*this);
  }
  ~Caller() override { connection_->abandon(); }

 private:
  void on_bytes(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      bytes = bytes.subspan(reader_.feed(bytes));
      if (reader_.state() != wire::RequestReader::State::complete) return;
      auto reply = server_.answer(reader_.take());
      connection_->send(std::move(reply.bytes));
      connection_->flush();
      if (reply.then == Reply::Then::cut) return connection_->close("cut");
    }
  }
  void on_closed(const std::string&) override {}

  AnsweringServer& server_;
  wire::RequestReader reader_;
  std::shared_ptr<wire::Connection> connection_;
};

AnsweringServer::AnsweringServer(Script script, const std::string& names)
    : authority_(directory_.path(), "authority"),
      tls_(server_context(authority_, names)),
      script_(std::move(script)),
      acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
  namespace fs = std::filesystem;
  std::ofstream(token_file()) << "token-of-the-test\n";
  fs::permissions(token_file(), fs::perms::owner_read | fs::perms::owner_write);
  accept();
  thread_ = std::thread([this] { context_.run(); });
}

AnsweringServer::~AnsweringServer() { stop(); }

std::string AnsweringServer::url() const {
  return "https://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

std::string AnsweringServer::token_file() const { return (directory_.path() / "token").string(); }

std::vector<wire::Request> AnsweringServer::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
  callers_.clear();
  return requests_;
}

void AnsweringServer::accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    if (error) return;
    callers_.push_back(std::make_unique<Caller>(*this, std::move(socket)));
    accept();
  });
}

Reply AnsweringServer::answer(wire::Request request) {
  requests_.push_back(std::move(request));
  return script_(requests_.back(), static_cast<int>(requests_.size()));
}

}  // namespace noroshi::publishers::testing
