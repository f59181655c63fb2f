#include "hub/registry/certificates.hpp"

#include <algorithm>

#include "proto/hexadecimal.hpp"

namespace noroshi::registry {
namespace {

Principal::Kind kind_of(wire::Role role) {
  return role == wire::Role::publisher ? Principal::Kind::publisher : Principal::Kind::subscriber;
}

}  // namespace

void Certificates::apply(const v1::EntryBody& body) {
  if (body.has_certificate_issued()) {
    const auto& issued = body.certificate_issued();
    const auto kind = registry::kind_of(issued.kind());
    if (!kind) return;  // of a holder this program does not know: nobody's
    const auto serial = hexadecimal(issued.serial());
    // A serial number is somebody's once and for ever.
    by_serial_.try_emplace(serial, IssuedCertificate{serial,
                                                     *kind,
                                                     issued.id(),
                                                     issued.key_sha256(),
                                                     issued.certificate_sha256(),
                                                     issued.from_ms(),
                                                     issued.until_ms(),
                                                     std::nullopt,
                                                     {},
                                                     drills::Channel::of(issued)});
  } else if (body.has_certificate_revoked()) {
    const auto& revoked = body.certificate_revoked();
    const auto found = by_serial_.find(hexadecimal(revoked.serial()));
    if (found == by_serial_.end()) return;
    auto& refused_from = found->second.refused_from_ms;
    if (refused_from && *refused_from <= revoked.refused_from_ms()) return;
    refused_from = revoked.refused_from_ms();
    found->second.reason = revoked.reason();
  }
}

const IssuedCertificate* Certificates::find(std::string_view serial) const {
  const auto found = by_serial_.find(serial);
  return found == by_serial_.end() ? nullptr : &found->second;
}

Certificates::Standing Certificates::standing(const wire::ClientCertificate& presented,
                                              std::int64_t now_ms) const {
  const auto* issued = find(presented.serial);
  const std::string_view key(reinterpret_cast<const char*>(presented.key_sha256.data()),
                             presented.key_sha256.size());
  if (issued == nullptr || issued->kind != kind_of(presented.identity.role) ||
      issued->id != presented.identity.id || issued->key_sha256 != key ||
      issued->from_ms != presented.from_ms || issued->until_ms != presented.until_ms)
    return Standing::unknown;
  if (issued->refused_at(now_ms)) return Standing::refused;
  return issued->good_at(now_ms) ? Standing::good : Standing::out_of_date;
}

std::optional<Principal> Certificates::principal_of(const wire::ClientCertificate& presented,
                                                    std::int64_t now_ms) const {
  if (standing(presented, now_ms) != Standing::good) return std::nullopt;
  return Principal{kind_of(presented.identity.role), presented.identity.id,
                   std::string(certificate_credential_prefix) + presented.serial,
                   find(presented.serial)->channel};
}

bool Certificates::stands(const Principal& principal, std::int64_t now_ms) const {
  std::string_view serial = principal.credential;
  serial.remove_prefix(certificate_credential_prefix.size());
  const auto* issued = find(serial);
  return issued != nullptr && issued->kind == principal.kind && issued->id == principal.id &&
         issued->good_at(now_ms);
}

}  // namespace noroshi::registry
