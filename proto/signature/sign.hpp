// Signs an alert in the narrow form of form.hpp: what verify() takes and other programs do, too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::signature {

// `bytes` with one more Signature, right before the end of the alert and with nothing around it: no
// other byte changes, so that a signature that is there stays good. The algorithm follows from the
// key: RSA with SHA-256, P-256 with SHA-256, P-384 with SHA-384; KeyInfo holds the certificate.
//
// Errors  refused, with one of these as its detail:
//   invalid      the document breaks the rules of CAP
//   charset      it is not in UTF-8
//   end          something but white space follows the alert
//   full         it has two signatures
//   comment …    what form.hpp objects to, by its aspect
//   key, certificate   not one of read_private_key() or read_certificate()
//   mismatch     the certificate is of another key
//   expired, not-yet   the certificate, at `now_ms`
Result<std::string> sign(std::string_view bytes, std::string_view key_pem,
                         std::string_view certificate_pem, std::int64_t now_ms);

}  // namespace noroshi::signature
