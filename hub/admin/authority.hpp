// The hub's own certificate authority: one P-256 key that signs server certificates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::admin {

// Both in PEM; the key is PKCS #8, not encrypted.
struct Credential {
  std::string certificate;
  std::string key;
};

// Self-signed, ten years, for signing certificates and revocation lists only; no authority below
// it (pathlen 0). `now_ms` is wall time; validity begins five minutes before, for clocks that lag.
Result<Credential> make_authority(std::int64_t now_ms);

// One year, for TLS servers only. Names localhost, 127.0.0.1, ::1 and `hosts` (DNS names or IP
// addresses; anything else is invalid).
Result<Credential> issue_server_certificate(const Credential& authority,
                                            const std::vector<std::string>& hosts,
                                            std::int64_t now_ms);

struct CertificateFacts {
  std::int64_t valid_from_ms;
  std::int64_t valid_until_ms;
};
// Of the first certificate in `certificate_pem`; invalid when it cannot be read, conflict when
// `key_pem` is not its key.
Result<CertificateFacts> examine_credential(std::string_view certificate_pem,
                                            std::string_view key_pem);

}  // namespace noroshi::admin
