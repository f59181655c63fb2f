// The pieces X.509 certificates are made of, on OpenSSL.
//
// Functions that give a bool or a pointer leave OpenSSL's reason behind for crypto_failure().
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::admin {

template <auto free_it>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free_it(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using SigningRequest = std::unique_ptr<X509_REQ, Free<X509_REQ_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Names = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;

// io, with what was attempted and OpenSSL's reason, which is taken off its list.
tl::unexpected<Error> crypto_failure(std::string_view what);

// Null when `pem` holds none; an encrypted key is none.
Certificate read_certificate(std::string_view pem);
Key read_key(std::string_view pem);
SigningRequest read_signing_request(std::string_view pem);

// A version 3 certificate for `key`: random serial number, subject, valid for `days` from five
// minutes before `now_ms`, for clocks that lag. Neither issued nor signed yet.
Certificate begin_certificate(EVP_PKEY* key, std::int64_t now_ms, int days,
                              const std::string& name);
// `value` in OpenSSL's configuration language: never anything from outside.
bool add_extension(X509* certificate, X509* issuer, int kind, const char* value);
bool add_subject_names(X509* certificate, const GENERAL_NAMES* names);
// Takes over one name; false when there was no memory.
bool add_name(GENERAL_NAMES* names, int kind, ASN1_STRING* value, std::string_view bytes);

Result<std::string> certificate_pem(X509* certificate);
// PKCS #8, not encrypted.
Result<std::string> key_pem(EVP_PKEY* key);

// Unix milliseconds; 0 when it cannot be read.
std::int64_t to_ms(const ASN1_TIME* time);

}  // namespace noroshi::admin
