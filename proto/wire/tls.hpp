// TLS on a non-blocking descriptor, by OpenSSL directly: no asio::ssl, no memory BIOs.
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "proto/result.hpp"
#include "proto/wire/client_certificate.hpp"

namespace noroshi::wire {

// A certificate, key and policy shared by many channels. TLS 1.2 or later, AEAD and ECDHE only,
// renegotiation off, buffers released while idle.
//
// Threading  immutable after creation; channels on several threads may share one.
class TlsContext {
 public:
  // Server authentication only; session tickets carry no identity.
  static Result<TlsContext> server(const std::filesystem::path& certificate_chain_pem,
                                   const std::filesystem::path& key_pem);
  // Both sides prove who they are: without a client certificate that `client_ca_pem` itself has
  // signed, that is valid now, and that read_client_certificate() takes, there is no connection.
  // Nothing is resumed (no tickets, no cache), so every connection shows its certificate.
  // `refused` is told why one was not taken, on the thread of that handshake.
  using Refused = std::function<void(const std::string& why)>;
  static Result<TlsContext> mutual_server(const std::filesystem::path& certificate_chain_pem,
                                          const std::filesystem::path& key_pem,
                                          const std::filesystem::path& client_ca_pem,
                                          Refused refused);
  // Trusts `ca_pem` alone, or the system's store when absent. Always verifies the host name.
  static Result<TlsContext> client(const std::optional<std::filesystem::path>& ca_pem);
  // The same, and proves who it is when the server asks. The key file must not be readable by
  // everybody.
  static Result<TlsContext> client(const std::optional<std::filesystem::path>& ca_pem,
                                   const std::filesystem::path& certificate_chain_pem,
                                   const std::filesystem::path& key_pem);

  // When our own certificate counts, Unix milliseconds; twice 0 without one.
  struct Validity {
    std::int64_t from_ms;
    std::int64_t until_ms;
  };
  [[nodiscard]] Validity validity() const;

  [[nodiscard]] SSL_CTX* native() const { return context_.get(); }

 private:
  explicit TlsContext(std::shared_ptr<SSL_CTX> context) : context_(std::move(context)) {}
  std::shared_ptr<SSL_CTX> context_;
};

// One TLS connection on a descriptor it does not own (the descriptor must outlive it).
//
// Threading  none inside; belongs to one thread at a time and may be moved to another between
// calls.
class TlsChannel {
 public:
  enum class Progress { done, wants_read, wants_write, closed, failed };
  struct Moved {
    Progress progress;
    std::size_t bytes = 0;
  };

  static TlsChannel accepting(const TlsContext& context, int descriptor);
  // `host` is sent as SNI (unless an IP literal) and checked against the certificate.
  static TlsChannel connecting(const TlsContext& context, int descriptor, const std::string& host);

  // Whether the handshake is done.
  [[nodiscard]] bool established() const;
  // What the client has shown to a mutual_server(); nothing on other channels.
  [[nodiscard]] std::optional<ClientCertificate> client_certificate() const;
  // Repeat when the descriptor is ready for what it wants, until done, closed or failed.
  Moved handshake();
  // `done` with bytes > 0; call again until it wants something: bytes may wait inside OpenSSL.
  // `closed` on the peer's close_notify and on a bare FIN alike: what we carry says its own length.
  Moved read(std::span<std::byte> into);
  // May take only a part. After wants_*, the next call must begin with the same bytes (they may
  // lie elsewhere) and be at least as long.
  Moved write(std::span<const std::byte> from);
  // Whether bytes wait inside OpenSSL, to be read without the descriptor being ready.
  [[nodiscard]] bool bytes_inside() const;

  // Between hold() and let_go(), in one turn of the thread and for one channel at a time, what
  // write() takes is gathered and sent in few system calls. let_go() gives `done`, `wants_write`
  // (the rest is kept and goes out before any later byte) or `failed`; so does send_kept().
  void hold();
  Progress let_go();
  Progress send_kept();
  // Bytes written and not yet taken by the kernel; at most about 80 kB.
  [[nodiscard]] std::size_t kept() const { return kept_; }

  // One close_notify, without waiting for the peer's; nothing before the handshake or after a
  // failure. `done`, or `wants_write`: repeat. No write after it.
  Progress shutdown();

  // What went wrong, in OpenSSL's words, after `failed`.
  [[nodiscard]] const std::string& failure_detail() const { return failure_detail_; }

 private:
  struct Release {
    void operator()(SSL* ssl) const;
  };
  explicit TlsChannel(std::unique_ptr<SSL, Release> ssl) : ssl_(std::move(ssl)) {}
  static TlsChannel on(const TlsContext& context, int descriptor);
  Moved outcome(int returned, std::size_t bytes);
  Progress after_sending(BIO* bio, bool all_sent);
  std::unique_ptr<SSL, Release> ssl_;
  std::size_t kept_ = 0;  // as after the last let_go() or send_kept()
  std::string failure_detail_;
};

}  // namespace noroshi::wire
