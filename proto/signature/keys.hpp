// The keys signatures are checked with: pinned with their certificate, chosen by nobody else.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::signature {

// Who may sign for a publisher. The certificate gives the key and the time it is good for; whoever
// issued it does not matter, it was pinned by hand.
struct PinnedKey {
  std::string name;
  std::string certificate;  // X.509, DER
  bool operator==(const PinnedKey&) const = default;
};

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

struct Certificate {
  Key key;  // public
  std::string der;
  std::string subject;       // RFC 2253
  std::string algorithm;     // "RSA 3072", "P-256", "P-384"
  std::int64_t from_ms = 0;  // Unix milliseconds, both included
  std::int64_t until_ms = 0;

  [[nodiscard]] bool good_at(std::int64_t ms) const { return from_ms <= ms && ms <= until_ms; }
};

inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;

// The certificate in `bytes`, PEM (the first one in it) or DER. invalid, with a detail of `pem`
// when there is none, or of `key` when it is of another kind than RSA within the bounds, P-256 or
// P-384.
Result<Certificate> read_certificate(std::string_view bytes);
std::string certificate_pem(const Certificate& certificate);
// An unencrypted private key, PEM. invalid as above.
Result<Key> read_private_key(std::string_view pem);

}  // namespace noroshi::signature
