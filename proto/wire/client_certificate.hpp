// Whom a client certificate names, and by which key (contract, "HTTP API", port 8444).
//
// A noroshi client certificate is issued by one hub for itself, so the form is narrow and anything
// outside it is refused: X.509 v3 with the extensions basicConstraints (no authority), keyUsage
// (digitalSignature), extendedKeyUsage (clientAuth alone), subjectAltName and the two key
// identifiers, each once; a P-256 key with an uncompressed point; signed with ECDSA and SHA-256 or
// stronger; valid for 365 days at most; subjectAltName holding exactly one name, the URI of an
// identity. The subject is for people and never read.
#pragma once

#include <openssl/types.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::wire {

enum class Role { publisher, subscriber };

// `noroshi:publisher:362018`, `noroshi:subscriber:demo-tv`: compared byte by byte, so there is one
// spelling. The id has 1 to 63 of a-z, 0-9 and inner hyphens.
struct ClientIdentity {
  Role role;
  std::string id;
  bool operator==(const ClientIdentity&) const = default;
};
std::string identity_uri(const ClientIdentity& identity);
std::optional<ClientIdentity> read_identity_uri(std::string_view uri);

struct ClientCertificate {
  ClientIdentity identity;
  std::string serial;  // lower-case hexadecimal, two digits a byte, without leading zero bytes
  std::array<std::uint8_t, 32> key_sha256;  // of the SubjectPublicKeyInfo, DER
  std::int64_t from_ms;
  std::int64_t until_ms;  // the first millisecond it is no longer valid
};

inline constexpr std::int64_t client_certificate_days_max = 365;

// Reads the form only: signature, chain and time are OpenSSL's to verify. `invalid` says what is
// not as above.
Result<ClientCertificate> read_client_certificate(X509* certificate);

// Whether a SubjectPublicKeyInfo (DER) is a named-curve P-256 key with an uncompressed point.
bool is_p256_key(std::span<const std::uint8_t> public_key_info);

}  // namespace noroshi::wire
