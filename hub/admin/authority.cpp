#include "hub/admin/authority.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <optional>

#include "hub/config/host_name.hpp"

namespace noroshi::admin {
namespace {

constexpr long day_s = 86400;
constexpr long clock_lag_s = 300;
constexpr int authority_days = 3653;
constexpr int server_days = 365;
constexpr std::size_t serial_bytes = 16;

template <auto free_it>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free_it(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;

tl::unexpected<Error> crypto_failure(std::string_view what) {
  const auto number = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(number);
  ERR_clear_error();
  return failure(ErrorCode::io,
                 std::string(what) + ": " + (reason != nullptr ? reason : "OpenSSL"));
}

Memory reading(std::string_view bytes) {
  return Memory(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string written(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(length)};
}

Certificate read_certificate(std::string_view pem) {
  const auto memory = reading(pem);
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

// An encrypted key must fail, not ask for its passphrase on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Key read_key(std::string_view pem) {
  const auto memory = reading(pem);
  return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr));
}

// At least 64 random bits (here 126), positive, and never zero in front.
bool set_random_serial(X509* certificate) {
  std::array<unsigned char, serial_bytes> bytes{};
  if (RAND_bytes(bytes.data(), serial_bytes) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3FU) | 0x40U);
  const Number serial(BN_bin2bn(bytes.data(), serial_bytes, nullptr));
  return serial != nullptr &&
         BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, std::int64_t now_ms, int days) {
  const auto from = static_cast<std::time_t>(now_ms / 1000) - clock_lag_s;
  return ASN1_TIME_adj(X509_getm_notBefore(certificate), from, 0, 0) != nullptr &&
         ASN1_TIME_adj(X509_getm_notAfter(certificate), from, days, -1) != nullptr;
}

bool add_name_part(X509_NAME* name, const char* part, const std::string& value) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
  return X509_NAME_add_entry_by_txt(name, part, MBSTRING_UTF8, bytes,
                                    static_cast<int>(value.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_host(GENERAL_NAMES* names, const std::string& host) {
  std::unique_ptr<GENERAL_NAME, Free<GENERAL_NAME_free>> name(GENERAL_NAME_new());
  std::unique_ptr<ASN1_STRING, Free<ASN1_STRING_free>> value(ASN1_OCTET_STRING_new());
  if (!name || !value) return false;
  std::array<unsigned char, 16> address{};
  int kind = GEN_IPADD;
  int filled = 0;
  if (inet_pton(AF_INET, host.c_str(), address.data()) == 1) {
    filled = ASN1_STRING_set(value.get(), address.data(), 4);
  } else if (inet_pton(AF_INET6, host.c_str(), address.data()) == 1) {
    filled = ASN1_STRING_set(value.get(), address.data(), 16);
  } else {
    kind = GEN_DNS;
    value.reset(ASN1_IA5STRING_new());
    filled = value ? ASN1_STRING_set(value.get(), host.data(), static_cast<int>(host.size())) : 0;
  }
  if (filled != 1) return false;
  GENERAL_NAME_set0_value(name.get(), kind, value.release());
  if (sk_GENERAL_NAME_push(names, name.get()) <= 0) return false;
  (void)name.release();
  return true;
}

bool add_hosts(X509* certificate, const std::vector<std::string>& hosts) {
  const Names names(GENERAL_NAMES_new());
  if (!names) return false;
  for (const auto& host : hosts) {
    if (!add_host(names.get(), host)) return false;
  }
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1;
}

// A version 3 certificate for `key` with serial, validity and subject; not yet signed.
Certificate begin(EVP_PKEY* key, std::int64_t now_ms, int days, const std::string& name) {
  Certificate certificate(X509_new());
  if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
      !set_random_serial(certificate.get()) || !set_validity(certificate.get(), now_ms, days) ||
      X509_set_pubkey(certificate.get(), key) != 1) {
    return nullptr;
  }
  auto* subject = X509_get_subject_name(certificate.get());
  if (!add_name_part(subject, "O", "noroshi") || !add_name_part(subject, "CN", name)) {
    return nullptr;
  }
  return certificate;
}

Result<Credential> to_pem(X509* certificate, EVP_PKEY* key) {
  const Memory certificate_memory(BIO_new(BIO_s_mem()));
  const Memory key_memory(BIO_new(BIO_s_secmem()));
  if (PEM_write_bio_X509(certificate_memory.get(), certificate) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    return crypto_failure("PEM");
  }
  return Credential{written(certificate_memory.get()), written(key_memory.get())};
}

// Distinguishes the authorities of several hubs in one trust store.
std::string random_suffix() {
  std::array<unsigned char, 4> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string suffix;
  for (const auto byte : bytes) {
    suffix += digits[byte >> 4U];
    suffix += digits[byte & 15U];
  }
  return suffix;
}

std::int64_t to_ms(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return static_cast<std::int64_t>(timegm(&parts)) * 1000;
}

}  // namespace

Result<Credential> make_authority(std::int64_t now_ms) {
  const Key key(EVP_EC_gen("P-256"));
  const auto suffix = random_suffix();
  if (!key || suffix.empty()) return crypto_failure("key");
  const auto made = begin(key.get(), now_ms, authority_days, "noroshi hub authority " + suffix);
  auto* certificate = made.get();
  if (!made || X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) != 1 ||
      !add_extension(certificate, certificate, NID_basic_constraints,
                     "critical,CA:TRUE,pathlen:0") ||
      !add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(certificate, certificate, NID_subject_key_identifier, "hash") ||
      X509_sign(certificate, key.get(), EVP_sha256()) == 0) {
    return crypto_failure("authority");
  }
  return to_pem(certificate, key.get());
}

Result<Credential> issue_server_certificate(const Credential& authority,
                                            const std::vector<std::string>& hosts,
                                            std::int64_t now_ms) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
  for (const auto& host : hosts) {
    if (!config::is_ip_address(host) && !config::is_dns_name(host)) {
      return failure(ErrorCode::invalid, host);
    }
    if (std::find(names.begin(), names.end(), host) == names.end()) names.push_back(host);
  }
  const auto issuer = read_certificate(authority.certificate);
  const auto issuer_key = read_key(authority.key);
  if (!issuer || !issuer_key) return crypto_failure("authority");

  const Key key(EVP_EC_gen("P-256"));
  if (!key) return crypto_failure("key");
  const auto made = begin(key.get(), now_ms, server_days, "noroshi hub");
  auto* certificate = made.get();
  if (!made || X509_set_issuer_name(certificate, X509_get_subject_name(issuer.get())) != 1 ||
      !add_extension(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate, issuer.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(certificate, issuer.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      !add_hosts(certificate, names) ||
      X509_sign(certificate, issuer_key.get(), EVP_sha256()) == 0) {
    return crypto_failure("server certificate");
  }
  return to_pem(certificate, key.get());
}

Result<CertificateFacts> examine_credential(std::string_view certificate_pem,
                                            std::string_view key_pem) {
  const auto certificate = read_certificate(certificate_pem);
  if (!certificate) {
    ERR_clear_error();
    return failure(ErrorCode::invalid, "certificate");
  }
  const auto key = read_key(key_pem);
  if (!key) {
    ERR_clear_error();
    return failure(ErrorCode::invalid, "key");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    ERR_clear_error();
    return failure(ErrorCode::conflict, "key");
  }
  return CertificateFacts{to_ms(X509_get0_notBefore(certificate.get())),
                          to_ms(X509_get0_notAfter(certificate.get()))};
}

}  // namespace noroshi::admin
