#include <openssl/err.h>

#include "hub/admin/authority.hpp"
#include "hub/admin/certificate_parts.hpp"

namespace noroshi::admin {
namespace {

tl::unexpected<Error> invalid(std::string detail) {
  ERR_clear_error();
  return failure(ErrorCode::invalid, std::move(detail));
}

// The key to certify: made here, or out of the request.
struct Subject {
  Key key;
  bool made_here;
};

Result<Subject> subject_of(std::string_view request_pem) {
  if (request_pem.empty()) {
    Key made(EVP_EC_gen("P-256"));
    if (!made) return crypto_failure("key");
    return Subject{std::move(made), true};
  }
  const auto request = read_signing_request(request_pem);
  if (!request) return invalid("request");
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request.get()), &bytes);
  const bool p256 = length > 0 && wire::is_p256_key({bytes, static_cast<std::size_t>(length)});
  OPENSSL_free(bytes);
  if (!p256) return invalid("request.key");
  Key key(X509_REQ_get_pubkey(request.get()));
  if (!key || X509_REQ_verify(request.get(), key.get()) != 1) return invalid("request.proof");
  return Subject{std::move(key), false};
}

bool name_identity(X509* certificate, const wire::ClientIdentity& identity) {
  const Names names(GENERAL_NAMES_new());
  return names &&
         add_name(names.get(), GEN_URI, ASN1_IA5STRING_new(), wire::identity_uri(identity)) &&
         add_subject_names(certificate, names.get());
}

}  // namespace

Result<ClientCredential> issue_client_certificate(const Credential& authority,
                                                  const wire::ClientIdentity& identity, int days,
                                                  std::string_view request_pem,
                                                  std::int64_t now_ms) {
  const auto issuer = read_certificate(authority.certificate);
  const auto issuer_key = read_key(authority.key);
  if (!issuer || !issuer_key) return crypto_failure("authority");
  const auto subject = subject_of(request_pem);
  if (!subject) return tl::unexpected<Error>(subject.error());

  const auto made = begin_certificate(subject->key.get(), now_ms, days, identity.id);
  auto* certificate = made.get();
  if (!made || X509_set_issuer_name(certificate, X509_get_subject_name(issuer.get())) != 1 ||
      !add_extension(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate, issuer.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate, issuer.get(), NID_ext_key_usage, "clientAuth") ||
      !add_extension(certificate, issuer.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate, issuer.get(), NID_authority_key_identifier, "keyid:always") ||
      !name_identity(certificate, identity) ||
      X509_sign(certificate, issuer_key.get(), EVP_sha256()) == 0) {
    return crypto_failure("client certificate");
  }
  // What the door would say of it.
  auto facts = wire::read_client_certificate(certificate);
  if (!facts) return tl::unexpected<Error>(facts.error());
  if (facts->until_ms > to_ms(X509_get0_notAfter(issuer.get()))) return invalid("authority.ends");

  ClientCredential credential{std::move(*facts), {}, {}, {}};
  if (X509_digest(certificate, EVP_sha256(), credential.certificate_sha256.data(), nullptr) != 1) {
    return crypto_failure("SHA-256");
  }
  auto pem = certificate_pem(certificate);
  if (!pem) return tl::unexpected<Error>(pem.error());
  credential.certificate = std::move(*pem);
  if (!subject->made_here) return credential;
  auto key = key_pem(subject->key.get());
  if (!key) return tl::unexpected<Error>(key.error());
  credential.key = std::move(*key);
  return credential;
}

}  // namespace noroshi::admin
