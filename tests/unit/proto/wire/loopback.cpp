#include "tests/unit/proto/wire/loopback.hpp"

#include <chrono>
#include <random>

namespace noroshi::wire::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

TlsContext server_of(const Authority& authority) {
  const Pem files = authority.issue("hub", "DNS:hub.test,IP:127.0.0.1");
  return TlsContext::server(files.certificate, files.key).value();
}

}  // namespace

void Recorder::on_open() {
  ++opened;
  when_open();
}

void Recorder::on_bytes(std::span<const std::byte> bytes) {
  received.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  when_bytes();
}

void Recorder::on_drained() {
  ++drained;
  when_drained();
}

void Recorder::on_closed(const std::string& why) {
  ++closed;
  reason = why;
}

Loopback::Loopback()
    : authority(directory.path(), "authority"),
      stranger(directory.path(), "stranger"),
      server_context(server_of(authority)),
      client_context(TlsContext::client(authority.certificate()).value()) {}

Loopback::~Loopback() {
  if (server) server->abandon();
  if (client) client->abandon();
}

Loopback::Sockets Loopback::connect_sockets() {
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  Socket from_client(io);
  from_client.connect(acceptor.local_endpoint());
  auto from_server = acceptor.accept();
  // As the hub's doors have it: the kernel takes parts.
  from_server.set_option(Socket::send_buffer_size(128 * 1024));
  return {std::move(from_server), std::move(from_client)};
}

void Loopback::make_ends(const std::string& host) {
  auto [from_server, from_client] = connect_sockets();
  auto accepting = TlsChannel::accepting(server_context, from_server.native_handle());
  auto connecting = TlsChannel::connecting(client_context, from_client.native_handle(), host);
  server = std::make_shared<Connection>(std::move(from_server), std::move(accepting));
  client = std::make_shared<Connection>(std::move(from_client), std::move(connecting));
}

void Loopback::start_both() {
  server->start(server_handler);
  client->start(client_handler);
}

void Loopback::open_both() {
  make_ends();
  start_both();
  run_until([&] { return server->open() && client->open(); });
}

void Loopback::run_until(const std::function<bool()>& holds) {
  using namespace std::chrono_literals;
  const auto limit = std::chrono::steady_clock::now() + 60s;
  while (!holds()) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit) << "it never came to that";
    io.restart();
    other_io.restart();
    if (other_io.poll() == 0) io.run_one_for(5ms);
  }
}

std::string pattern_bytes(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
  return bytes;
}

}  // namespace noroshi::wire::testing
