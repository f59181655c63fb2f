#include "hub/registry/principal.hpp"

namespace noroshi::registry {

std::optional<Principal::Kind> kind_of(v1::TokenIssued::Kind kind) {
  switch (kind) {
    case v1::TokenIssued::PUBLISHER:
      return Principal::Kind::publisher;
    case v1::TokenIssued::SUBSCRIBER:
      return Principal::Kind::subscriber;
    case v1::TokenIssued::OPERATOR:
      return Principal::Kind::operator_;
    case v1::TokenIssued::OFFICER:
      return Principal::Kind::officer;
    default:
      return std::nullopt;
  }
}

v1::TokenIssued::Kind kind_of(Principal::Kind kind) {
  switch (kind) {
    case Principal::Kind::publisher:
      return v1::TokenIssued::PUBLISHER;
    case Principal::Kind::subscriber:
      return v1::TokenIssued::SUBSCRIBER;
    case Principal::Kind::operator_:
      return v1::TokenIssued::OPERATOR;
    case Principal::Kind::officer:
      return v1::TokenIssued::OFFICER;
  }
  return v1::TokenIssued::KIND_UNSPECIFIED;
}

bool by_certificate(const Principal& principal) {
  return principal.credential.starts_with(certificate_credential_prefix);
}

}  // namespace noroshi::registry
