// One client connection: a non-blocking socket, with TLS 1.3 when there is a context, and the bytes
// it could not take yet. Whoever owns it waits for readiness.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace noroshi::bench {

// For both ends of every measured protocol: TLS 1.3 with AES-128-GCM. The client checks no
// certificate, so that it is no slower than it must be; the server is what is measured.
using TlsContext = std::shared_ptr<SSL_CTX>;
// `certificate` and `key` are files for the mutual-TLS door; empty: none.
TlsContext client_tls(const std::string& certificate = "", const std::string& key = "");
TlsContext server_tls(const std::string& certificate_file, const std::string& key_file);

class Connection {
 public:
  // Connects to 127.0.0.1:`port` from one of eight loopback addresses, chosen by `number`, so that
  // tens of thousands fit into the port range. `tls` may be null.
  Connection(std::uint16_t port, std::uint32_t number, SSL_CTX* tls);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool open() const { return open_; }
  [[nodiscard]] bool lost() const { return lost_; }
  // Whether writable readiness is waited for.
  [[nodiscard]] bool wants_write() const { return wants_write_; }

  // Goes on connecting; true once open.
  bool advance();
  // Takes what the socket holds and says how much; when that fills `into` there may be more.
  std::size_t read(std::span<char> into);
  // Sends now what it can and keeps the rest for flush().
  void send(std::string_view bytes);
  void flush();

 private:
  [[nodiscard]] bool handshake();
  [[nodiscard]] long write_some(std::string_view bytes);

  int descriptor_ = -1;
  SSL* ssl_ = nullptr;
  std::string unsent_;
  bool connected_ = false;
  bool open_ = false;
  bool lost_ = false;
  bool wants_write_ = true;
};

}  // namespace noroshi::bench
