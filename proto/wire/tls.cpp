#include "proto/wire/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <new>

#include "proto/wire/descriptor_bio.hpp"

namespace noroshi::wire {
namespace {

constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
// The cheapest first: a server's ten thousand deliveries are bound by it, and it is no weaker link.
constexpr const char* tls13_ciphers =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr std::string_view session_context = "noroshi";

std::string openssl_words(unsigned long error) {
  std::array<char, 256> words{};
  ERR_error_string_n(error, words.data(), words.size());
  return words.data();
}

tl::unexpected<Error> misconfigured(const std::string& what) {
  const unsigned long error = ERR_peek_error();
  ERR_clear_error();
  return failure(ErrorCode::configuration, error == 0 ? what : what + ": " + openssl_words(error));
}

// Nobody sits at a terminal: an encrypted key is an error, not a question.
int no_passphrase(char* /*into*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

std::shared_ptr<SSL_CTX> make_context(const SSL_METHOD* method) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(method), SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  SSL_CTX* native = context.get();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  [[maybe_unused]] const bool known = SSL_CTX_set_cipher_list(native, tls12_ciphers) == 1 &&
                                      SSL_CTX_set_ciphersuites(native, tls13_ciphers) == 1;
  assert(known);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                  SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                  SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                               SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(native, 1);
  SSL_CTX_set_default_passwd_cb(native, no_passphrase);
  return context;
}

bool is_ip_literal(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  const bool literal = address != nullptr;
  ASN1_OCTET_STRING_free(address);
  ERR_clear_error();
  return literal;
}

}  // namespace

Result<TlsContext> TlsContext::server(const std::filesystem::path& certificate_chain_pem,
                                      const std::filesystem::path& key_pem) {
  ERR_clear_error();
  auto context = make_context(TLS_server_method());
  SSL_CTX* native = context.get();
  if (SSL_CTX_use_certificate_chain_file(native, certificate_chain_pem.c_str()) != 1)
    return misconfigured("cannot use the certificate chain " + certificate_chain_pem.string());
  if (SSL_CTX_use_PrivateKey_file(native, key_pem.c_str(), SSL_FILETYPE_PEM) != 1)
    return misconfigured("cannot use the private key " + key_pem.string());
  if (SSL_CTX_check_private_key(native) != 1)
    return misconfigured("the private key " + key_pem.string() + " is not the certificate's");
  // Resumption is by ticket alone: nothing is remembered here, and one ticket is enough.
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 1);
  SSL_CTX_set_session_id_context(native,
                                 reinterpret_cast<const unsigned char*>(session_context.data()),
                                 static_cast<unsigned int>(session_context.size()));
  return TlsContext(std::move(context));
}

Result<TlsContext> TlsContext::client(const std::optional<std::filesystem::path>& ca_pem) {
  ERR_clear_error();
  auto context = make_context(TLS_client_method());
  SSL_CTX* native = context.get();
  if (ca_pem) {
    if (SSL_CTX_load_verify_file(native, ca_pem->c_str()) != 1)
      return misconfigured("cannot read certificate authorities from " + ca_pem->string());
  } else if (SSL_CTX_set_default_verify_paths(native) != 1) {
    return misconfigured("cannot read the system's certificate authorities");
  }
  SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
  return TlsContext(std::move(context));
}

void TlsChannel::Release::operator()(SSL* ssl) const {
  // An SSL object freed before both sides said goodbye takes its session with it.
  if (SSL_is_init_finished(ssl) == 1)
    SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  SSL_free(ssl);
}

TlsChannel TlsChannel::on(const TlsContext& context, int descriptor) {
  ERR_clear_error();
  std::unique_ptr<SSL, Release> ssl(SSL_new(context.native()));
  if (!ssl) throw std::bad_alloc();
  BIO* bio = descriptor_bio(descriptor);
  SSL_set_bio(ssl.get(), bio, bio);
  return TlsChannel(std::move(ssl));
}

TlsChannel TlsChannel::accepting(const TlsContext& context, int descriptor) {
  TlsChannel channel = on(context, descriptor);
  SSL_set_accept_state(channel.ssl_.get());
  return channel;
}

TlsChannel TlsChannel::connecting(const TlsContext& context, int descriptor,
                                  const std::string& host) {
  TlsChannel channel = on(context, descriptor);
  SSL* ssl = channel.ssl_.get();
  SSL_set_connect_state(ssl);
  int accepted = 0;
  if (is_ip_literal(host)) {
    accepted = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else {
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    accepted = host.empty() ? 0 : SSL_set1_host(ssl, host.c_str());
    if (accepted == 1)
      accepted =
          static_cast<int>(SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                                    const_cast<char*>(host.c_str())));
  }
  // A name that cannot be checked must not become a connection that checks none.
  if (accepted != 1) channel.failure_detail_ = "'" + host + "' is not a host name";
  return channel;
}

bool TlsChannel::established() const { return SSL_is_init_finished(ssl_.get()) == 1; }

TlsChannel::Moved TlsChannel::handshake() {
  if (!failure_detail_.empty()) return {Progress::failed};
  ERR_clear_error();
  errno = 0;
  return outcome(SSL_do_handshake(ssl_.get()), 0);
}

TlsChannel::Moved TlsChannel::read(std::span<std::byte> into) {
  if (!failure_detail_.empty()) return {Progress::failed};
  ERR_clear_error();
  errno = 0;
  std::size_t bytes = 0;
  const int returned = SSL_read_ex(ssl_.get(), into.data(), into.size(), &bytes);
  return outcome(returned, bytes);
}

TlsChannel::Moved TlsChannel::write(std::span<const std::byte> from) {
  assert(!from.empty());
  if (!failure_detail_.empty()) return {Progress::failed};
  ERR_clear_error();
  errno = 0;
  std::size_t bytes = 0;
  const int returned = SSL_write_ex(ssl_.get(), from.data(), from.size(), &bytes);
  return outcome(returned, bytes);
}

bool TlsChannel::bytes_inside() const { return SSL_has_pending(ssl_.get()) == 1; }

void TlsChannel::hold() { wire::hold(SSL_get_wbio(ssl_.get())); }

TlsChannel::Progress TlsChannel::let_go() {
  BIO* bio = SSL_get_wbio(ssl_.get());
  return after_sending(wire::let_go(bio), wire::kept(bio));
}

TlsChannel::Progress TlsChannel::send_kept() {
  if (kept_ == 0) return Progress::done;
  BIO* bio = SSL_get_wbio(ssl_.get());
  return after_sending(wire::send_kept(bio), wire::kept(bio));
}

TlsChannel::Progress TlsChannel::after_sending(bool all_sent, std::size_t kept) {
  kept_ = kept;
  if (all_sent) return Progress::done;
  if (errno == EAGAIN || errno == EWOULDBLOCK) return Progress::wants_write;
  if (failure_detail_.empty()) failure_detail_ = std::strerror(errno);
  return Progress::failed;
}

TlsChannel::Progress TlsChannel::shutdown() {
  if (!failure_detail_.empty() || !established()) return Progress::done;
  ERR_clear_error();
  const int returned = SSL_shutdown(ssl_.get());
  const bool blocked = returned < 0 && SSL_get_error(ssl_.get(), returned) == SSL_ERROR_WANT_WRITE;
  ERR_clear_error();
  return blocked ? Progress::wants_write : Progress::done;
}

TlsChannel::Moved TlsChannel::outcome(int returned, std::size_t bytes) {
  if (returned > 0) return {Progress::done, bytes};
  const int system_error = errno;
  switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_WANT_READ:
      return {Progress::wants_read};
    case SSL_ERROR_WANT_WRITE:
      return {Progress::wants_write};
    case SSL_ERROR_ZERO_RETURN:
      return {Progress::closed};
    default:
      break;
  }
  const unsigned long error = ERR_peek_error();
  const long verified = SSL_get_verify_result(ssl_.get());
  if (error != 0) {
    failure_detail_ = openssl_words(error);
    if (verified != X509_V_OK)
      failure_detail_ += std::string(": ") + X509_verify_cert_error_string(verified);
  } else {
    failure_detail_ =
        system_error == 0 ? "the connection ended inside TLS" : std::strerror(system_error);
  }
  ERR_clear_error();
  return {Progress::failed};
}

}  // namespace noroshi::wire
