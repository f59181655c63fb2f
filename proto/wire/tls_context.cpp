#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <cassert>
#include <ctime>
#include <new>

#include "proto/wire/tls.hpp"

namespace noroshi::wire {
namespace {

constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
// The cheapest first: a server's ten thousand deliveries are bound by it, and it is no weaker link.
constexpr const char* tls13_ciphers =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr std::string_view session_context = "noroshi";
// What a client may send in all; ours is below 1 kB, and may bring its authority's.
constexpr long client_chain_bytes_max = 8 * 1024;
// Between the client and the trust anchor.
constexpr int intermediate_authorities_max = 0;

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

Result<void> use_credential(SSL_CTX* native, const std::filesystem::path& certificate_chain_pem,
                            const std::filesystem::path& key_pem) {
  if (SSL_CTX_use_certificate_chain_file(native, certificate_chain_pem.c_str()) != 1)
    return misconfigured("cannot use the certificate chain " + certificate_chain_pem.string());
  if (SSL_CTX_use_PrivateKey_file(native, key_pem.c_str(), SSL_FILETYPE_PEM) != 1)
    return misconfigured("cannot use the private key " + key_pem.string());
  if (SSL_CTX_check_private_key(native) != 1)
    return misconfigured("the private key " + key_pem.string() + " is not the certificate's");
  return {};
}

Result<void> trust(SSL_CTX* native, const std::filesystem::path& ca_pem) {
  if (SSL_CTX_load_verify_file(native, ca_pem.c_str()) != 1)
    return misconfigured("cannot read certificate authorities from " + ca_pem.string());
  return {};
}

// OpenSSL's own checks first, then ours on the form; see TlsContext::mutual_server.
int verify_client(X509_STORE_CTX* chain, void* refused) {
  const auto& tell = *static_cast<const TlsContext::Refused*>(refused);
  if (X509_verify_cert(chain) != 1) {
    tell(X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain)));
    return 0;
  }
  const auto read = read_client_certificate(X509_STORE_CTX_get0_cert(chain));
  if (read) return 1;
  tell(read.error().detail);
  X509_STORE_CTX_set_error(chain, X509_V_ERR_CERT_REJECTED);
  return 0;
}

// Connections may outlive the TlsContext, and the SSL_CTX is what they keep.
int refused_index() {
  static const int index = SSL_CTX_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void*, void* refused, CRYPTO_EX_DATA*, int, long, void*) {
        delete static_cast<TlsContext::Refused*>(refused);
      });
  return index;
}

void require_client_certificate(SSL_CTX* native, TlsContext::Refused refused) {
  auto owned = std::make_unique<TlsContext::Refused>(std::move(refused));
  SSL_CTX_set_cert_verify_callback(native, verify_client, owned.get());
  if (SSL_CTX_set_ex_data(native, refused_index(), owned.get()) != 1) throw std::bad_alloc();
  (void)owned.release();
  SSL_CTX_set_verify(native, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_verify_depth(native, intermediate_authorities_max);
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(native);
  X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_CLIENT);
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
  SSL_CTX_set_max_cert_list(native, client_chain_bytes_max);
  [[maybe_unused]] const long known =
      SSL_CTX_set1_client_sigalgs_list(native, "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512");
  assert(known == 1);
}

void resume_nothing(SSL_CTX* native) {
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(native, 0);
}

}  // namespace

Result<TlsContext> TlsContext::server(const std::filesystem::path& certificate_chain_pem,
                                      const std::filesystem::path& key_pem) {
  ERR_clear_error();
  auto context = make_context(TLS_server_method());
  SSL_CTX* native = context.get();
  if (auto used = use_credential(native, certificate_chain_pem, key_pem); !used)
    return tl::unexpected(used.error());
  // Resumption is by ticket alone: nothing is remembered here, and one ticket is enough.
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 1);
  SSL_CTX_set_session_id_context(native,
                                 reinterpret_cast<const unsigned char*>(session_context.data()),
                                 static_cast<unsigned int>(session_context.size()));
  return TlsContext(std::move(context));
}

Result<TlsContext> TlsContext::mutual_server(const std::filesystem::path& certificate_chain_pem,
                                             const std::filesystem::path& key_pem,
                                             const std::filesystem::path& client_ca_pem,
                                             Refused refused) {
  ERR_clear_error();
  auto context = make_context(TLS_server_method());
  SSL_CTX* native = context.get();
  if (auto used = use_credential(native, certificate_chain_pem, key_pem); !used)
    return tl::unexpected(used.error());
  if (auto trusted = trust(native, client_ca_pem); !trusted) return tl::unexpected(trusted.error());
  // Tells clients with several certificates which one is meant.
  SSL_CTX_set_client_CA_list(native, SSL_load_client_CA_file(client_ca_pem.c_str()));
  require_client_certificate(native, std::move(refused));
  resume_nothing(native);
  return TlsContext(std::move(context));
}

Result<TlsContext> TlsContext::client(const std::optional<std::filesystem::path>& ca_pem,
                                      const std::filesystem::path& certificate_chain_pem,
                                      const std::filesystem::path& key_pem) {
  auto made = client(ca_pem);
  if (!made) return made;
  struct stat facts {};
  if (::stat(key_pem.c_str(), &facts) == 0 && (facts.st_mode & S_IROTH) != 0)
    return failure(ErrorCode::configuration,
                   key_pem.string() + ": readable by everybody; chmod 600");
  if (auto used = use_credential(made->native(), certificate_chain_pem, key_pem); !used)
    return tl::unexpected(used.error());
  return made;
}

Result<TlsContext> TlsContext::client(const std::optional<std::filesystem::path>& ca_pem) {
  ERR_clear_error();
  auto context = make_context(TLS_client_method());
  SSL_CTX* native = context.get();
  if (ca_pem) {
    if (auto trusted = trust(native, *ca_pem); !trusted) return tl::unexpected(trusted.error());
  } else if (SSL_CTX_set_default_verify_paths(native) != 1) {
    return misconfigured("cannot read the system's certificate authorities");
  }
  SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
  return TlsContext(std::move(context));
}

TlsContext::Validity TlsContext::validity() const {
  const auto unix_ms = [](const ASN1_TIME* time) -> std::int64_t {
    std::tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? std::int64_t{timegm(&parts)} * 1000 : 0;
  };
  const X509* certificate = SSL_CTX_get0_certificate(context_.get());
  if (certificate == nullptr) return {0, 0};
  return {unix_ms(X509_get0_notBefore(certificate)),
          unix_ms(X509_get0_notAfter(certificate)) + 1000};
}

}  // namespace noroshi::wire
