#include "proto/signature/keys.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>

namespace noroshi::signature {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using X509Ptr = std::unique_ptr<X509, FreeX509>;

constexpr std::size_t bytes_max = 64u << 10;

Bio source(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// Nobody is asked for the password of a key.
int no_password(char*, int, int, void*) { return 0; }

// "" when it is no key to sign with.
std::string algorithm_of(EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
    const int bits = EVP_PKEY_get_bits(key);
    return bits < rsa_bits_min || bits > rsa_bits_max ? "" : "RSA " + std::to_string(bits);
  }
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return "";
  std::array<char, 64> group{};
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1) return "";
  const int curve = OBJ_txt2nid(group.data());
  if (curve == NID_X9_62_prime256v1) return "P-256";
  return curve == NID_secp384r1 ? "P-384" : "";
}

std::int64_t to_ms(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return static_cast<std::int64_t>(timegm(&parts)) * 1000;
}

std::string text_in(BIO& memory) {
  char* text = nullptr;
  const auto size = BIO_get_mem_data(&memory, &text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

std::string subject_of(const X509* certificate) {
  const Bio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  return text_in(*out);
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  std::string der;
  if (size > 0) der.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

X509Ptr x509_of(std::string_view bytes) {
  if (bytes.size() > bytes_max) return nullptr;
  if (bytes.find("-----BEGIN") != std::string_view::npos)
    return X509Ptr(PEM_read_bio_X509(source(bytes).get(), nullptr, no_password, nullptr));
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
}

}  // namespace

Result<Certificate> read_certificate(std::string_view bytes) {
  const auto x509 = x509_of(bytes);
  Certificate certificate;
  if (x509) certificate.key.reset(X509_get_pubkey(x509.get()));
  if (certificate.key) certificate.algorithm = algorithm_of(certificate.key.get());
  ERR_clear_error();
  if (!x509) return failure(ErrorCode::invalid, "pem");
  if (certificate.algorithm.empty()) return failure(ErrorCode::invalid, "key");
  certificate.der = der_of(x509.get());
  certificate.subject = subject_of(x509.get());
  certificate.from_ms = to_ms(X509_get0_notBefore(x509.get()));
  certificate.until_ms = to_ms(X509_get0_notAfter(x509.get()));
  return certificate;
}

std::string certificate_pem(const Certificate& certificate) {
  const Bio out(BIO_new(BIO_s_mem()));
  const auto x509 = x509_of(certificate.der);
  if (!x509 || PEM_write_bio_X509(out.get(), x509.get()) != 1) return {};
  return text_in(*out);
}

Result<Key> read_private_key(std::string_view pem) {
  if (pem.size() > bytes_max) return failure(ErrorCode::invalid, "pem");
  Key key(PEM_read_bio_PrivateKey(source(pem).get(), nullptr, no_password, nullptr));
  const bool fit = key && !algorithm_of(key.get()).empty();
  ERR_clear_error();
  if (!key) return failure(ErrorCode::invalid, "pem");
  if (!fit) return failure(ErrorCode::invalid, "key");
  return key;
}

}  // namespace noroshi::signature
