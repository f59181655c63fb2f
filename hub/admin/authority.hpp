// The hub's own certificate authority: one P-256 key that signs the hub's server certificate and
// its clients' certificates.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"
#include "proto/wire/client_certificate.hpp"

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
// addresses; anything else is invalid). For the key `key_pem`, or a new one when it is empty.
Result<Credential> issue_server_certificate(const Credential& authority,
                                            const std::vector<std::string>& hosts,
                                            std::int64_t now_ms, std::string_view key_pem = {});
// The names and addresses a server certificate is for.
Result<std::vector<std::string>> hosts_of(std::string_view certificate_pem);

struct ClientCredential {
  wire::ClientCertificate facts;
  std::array<std::uint8_t, 32> certificate_sha256;  // of the DER
  std::string certificate;                          // PEM
  std::string key;                                  // PEM; empty when a signing request brought it
};
// For TLS clients only, naming `identity`; `days` from 1 to 365. With `request_pem` (PKCS #10, PEM)
// for the key it holds: only that is taken from the request, after its proof of possession. invalid
// with detail `request`, `request.proof` or `request.key` (not P-256) when it cannot be, and
// `authority.ends` when the authority would end first.
Result<ClientCredential> issue_client_certificate(const Credential& authority,
                                                  const wire::ClientIdentity& identity, int days,
                                                  std::string_view request_pem,
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
