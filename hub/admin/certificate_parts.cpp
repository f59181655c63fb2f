#include "hub/admin/certificate_parts.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <array>
#include <ctime>

namespace noroshi::admin {
namespace {

constexpr long clock_lag_s = 300;
constexpr std::size_t serial_bytes = 16;

using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

Memory reading(std::string_view bytes) {
  return Memory(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string written(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(length)};
}

// An encrypted key must fail, not ask for its passphrase on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

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

}  // namespace

tl::unexpected<Error> crypto_failure(std::string_view what) {
  const auto number = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(number);
  ERR_clear_error();
  return failure(ErrorCode::io,
                 std::string(what) + ": " + (reason != nullptr ? reason : "OpenSSL"));
}

Certificate read_certificate(std::string_view pem) {
  const auto memory = reading(pem);
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

Key read_key(std::string_view pem) {
  const auto memory = reading(pem);
  return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr));
}

SigningRequest read_signing_request(std::string_view pem) {
  const auto memory = reading(pem);
  return SigningRequest(PEM_read_bio_X509_REQ(memory.get(), nullptr, nullptr, nullptr));
}

Certificate begin_certificate(EVP_PKEY* key, std::int64_t now_ms, int days,
                              const std::string& name) {
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

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_subject_names(X509* certificate, const GENERAL_NAMES* names) {
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, const_cast<GENERAL_NAMES*>(names), 0,
                           0) == 1;
}

bool add_name(GENERAL_NAMES* names, int kind, ASN1_STRING* value, std::string_view bytes) {
  std::unique_ptr<ASN1_STRING, Free<ASN1_STRING_free>> owned(value);
  std::unique_ptr<GENERAL_NAME, Free<GENERAL_NAME_free>> name(GENERAL_NAME_new());
  if (!owned || !name ||
      ASN1_STRING_set(owned.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return false;
  }
  GENERAL_NAME_set0_value(name.get(), kind, owned.release());
  if (sk_GENERAL_NAME_push(names, name.get()) <= 0) return false;
  (void)name.release();
  return true;
}

Result<std::string> certificate_pem(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(memory.get(), certificate) != 1) return crypto_failure("PEM");
  return written(memory.get());
}

Result<std::string> key_pem(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_secmem()));
  if (PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) !=
      1) {
    return crypto_failure("PEM");
  }
  return written(memory.get());
}

std::int64_t to_ms(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return static_cast<std::int64_t>(timegm(&parts)) * 1000;
}

}  // namespace noroshi::admin
