#include "tests/bench/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

constexpr std::size_t write_bytes_max = 1 << 20;

TlsContext context_of(const SSL_METHOD* method) {
  TlsContext context(SSL_CTX_new(method), SSL_CTX_free);
  SSL_CTX* native = context.get();
  SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(native, "TLS_AES_128_GCM_SHA256");
  SSL_CTX_set_mode(native, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                               SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  return context;
}

void show(SSL_CTX* context, const std::string& certificate_file, const std::string& key_file) {
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    give_up("cannot load " + certificate_file + " and " + key_file);
}

sockaddr_in loopback(std::uint32_t last_byte, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(0x7f000000 + last_byte);
  return address;
}

void switch_on(int descriptor, int level, int option) {
  const int on = 1;
  setsockopt(descriptor, level, option, &on, sizeof on);
}

}  // namespace

TlsContext client_tls(const std::string& certificate, const std::string& key) {
  auto context = context_of(TLS_client_method());
  if (!certificate.empty()) show(context.get(), certificate, key);
  return context;
}

TlsContext server_tls(const std::string& certificate_file, const std::string& key_file) {
  auto context = context_of(TLS_server_method());
  SSL_CTX_set_num_tickets(context.get(), 1);
  show(context.get(), certificate_file, key_file);
  return context;
}

Connection::Connection(std::uint16_t port, std::uint32_t number, SSL_CTX* tls)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) give_up(std::string("socket: ") + std::strerror(errno));
  switch_on(descriptor_, IPPROTO_TCP, TCP_NODELAY);
  switch_on(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
  const auto here = loopback(2 + number % 8, 0);
  const auto there = loopback(1, port);
  if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0)
    give_up(std::string("bind: ") + std::strerror(errno));
  if (connect(descriptor_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0 &&
      errno != EINPROGRESS)
    lost_ = true;
  if (tls == nullptr) return;
  ssl_ = SSL_new(tls);
  SSL_set_fd(ssl_, descriptor_);
  SSL_set_connect_state(ssl_);
}

Connection::~Connection() {
  SSL_free(ssl_);
  ::close(descriptor_);
}

bool Connection::advance() {
  if (!connected_) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
      lost_ = true;
      return false;
    }
    connected_ = true;
  }
  open_ = ssl_ == nullptr || handshake();
  if (open_) wants_write_ = false;
  return open_;
}

bool Connection::handshake() {
  ERR_clear_error();
  const int returned = SSL_do_handshake(ssl_);
  if (returned == 1) return true;
  const int error = SSL_get_error(ssl_, returned);
  wants_write_ = error == SSL_ERROR_WANT_WRITE;
  lost_ = error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ;
  return false;
}

std::size_t Connection::read(std::span<char> into) {
  std::size_t size = 0;
  while (size < into.size()) {
    const auto rest = into.subspan(size);
    long got = 0;
    if (ssl_ != nullptr) {
      ERR_clear_error();
      got = SSL_read(ssl_, rest.data(), static_cast<int>(rest.size()));
      if (got <= 0 && SSL_get_error(ssl_, static_cast<int>(got)) != SSL_ERROR_WANT_READ)
        lost_ = true;
    } else {
      got = recv(descriptor_, rest.data(), rest.size(), 0);
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) lost_ = true;
    }
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  return size;
}

long Connection::write_some(std::string_view bytes) {
  if (ssl_ == nullptr) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) lost_ = true;
    return sent;
  }
  ERR_clear_error();
  const auto size = static_cast<int>(std::min(bytes.size(), write_bytes_max));
  const int sent = SSL_write(ssl_, bytes.data(), size);
  if (sent > 0) return sent;
  const int error = SSL_get_error(ssl_, sent);
  if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ) lost_ = true;
  return -1;
}

void Connection::send(std::string_view bytes) {
  while (unsent_.empty() && !bytes.empty()) {
    const auto sent = write_some(bytes);
    if (sent <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  unsent_ += bytes;
  wants_write_ = !unsent_.empty();
}

void Connection::flush() {
  const auto waiting = std::exchange(unsent_, {});
  send(waiting);
}

}  // namespace noroshi::bench
