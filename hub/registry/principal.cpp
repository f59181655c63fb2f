#include "hub/registry/principal.hpp"

namespace noroshi::registry {

Principal::Kind kind_of(v1::TokenIssued::Kind kind) {
  if (kind == v1::TokenIssued::PUBLISHER) return Principal::Kind::publisher;
  if (kind == v1::TokenIssued::SUBSCRIBER) return Principal::Kind::subscriber;
  return Principal::Kind::operator_;
}

v1::TokenIssued::Kind kind_of(Principal::Kind kind) {
  if (kind == Principal::Kind::publisher) return v1::TokenIssued::PUBLISHER;
  if (kind == Principal::Kind::subscriber) return v1::TokenIssued::SUBSCRIBER;
  return v1::TokenIssued::OPERATOR;
}

bool by_certificate(const Principal& principal) {
  return principal.credential.starts_with(certificate_credential_prefix);
}

}  // namespace noroshi::registry
