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

std::string openssl_words(unsigned long error) {
  std::array<char, 256> words{};
  ERR_error_string_n(error, words.data(), words.size());
  return words.data();
}

bool is_ip_literal(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  const bool literal = address != nullptr;
  ASN1_OCTET_STRING_free(address);
  ERR_clear_error();
  return literal;
}

}  // namespace

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

std::optional<ClientCertificate> TlsChannel::client_certificate() const {
  X509* certificate =
      SSL_is_server(ssl_.get()) == 1 ? SSL_get0_peer_certificate(ssl_.get()) : nullptr;
  if (certificate == nullptr) return std::nullopt;
  auto read = read_client_certificate(certificate);
  if (!read) return std::nullopt;
  return std::move(*read);
}

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
  return after_sending(bio, wire::let_go(bio));
}

TlsChannel::Progress TlsChannel::send_kept() {
  if (kept_ == 0) return Progress::done;
  BIO* bio = SSL_get_wbio(ssl_.get());
  return after_sending(bio, wire::send_kept(bio));
}

TlsChannel::Progress TlsChannel::after_sending(BIO* bio, bool all_sent) {
  kept_ = wire::kept(bio);
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
