#include "hub/api/identity.hpp"

#include <algorithm>
#include <string_view>

namespace noroshi::api {
namespace {

// RFC 6750 section 2.1; the scheme's name is case-insensitive (RFC 9110 section 11.1).
std::optional<std::string_view> bearer_token(const wire::Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const auto header = wire::find(request.fields, "Authorization");
  if (!header || header->size() <= scheme.size()) return std::nullopt;
  const bool is_bearer =
      std::equal(scheme.begin(), scheme.end(), header->begin(),
                 [](char wanted, char c) { return wanted == (c >= 'A' && c <= 'Z' ? c + 32 : c); });
  if (!is_bearer) return std::nullopt;
  return header->substr(scheme.size());
}

std::string_view reason(registry::Certificates::Standing standing) {
  using Standing = registry::Certificates::Standing;
  if (standing == Standing::refused) return "certificate.revoked";
  return standing == Standing::out_of_date ? "certificate.expired" : "certificate.unknown";
}

}  // namespace

tl::expected<registry::Principal, Identity::Nobody> Identity::of(const wire::Request& request,
                                                                 const transport::Caller& caller) {
  const auto nobody = [this](int status, std::string_view code, std::string_view detail = "") {
    ++failures_;
    return tl::unexpected(Nobody{status, code, detail});
  };
  if (caller.certificate) {
    if (wire::find(request.fields, "Authorization")) return nobody(400, "auth.ambiguous");
    const auto& certificates = registry_.certificates();
    const auto now_ms = clock_();
    if (auto principal = certificates.principal_of(*caller.certificate, now_ms))
      return std::move(*principal);
    return nobody(403, "auth.certificate",
                  reason(certificates.standing(*caller.certificate, now_ms)));
  }
  if (const auto token = bearer_token(request))
    if (auto principal = registry_.principal_of(*token)) return std::move(*principal);
  return nobody(401, "auth.required");
}

bool Identity::welcome(const transport::Caller& caller) const {
  if (!caller.certificate) return true;
  const auto principal = registry_.certificates().principal_of(*caller.certificate, clock_());
  return principal && !registry_.suspended(*principal);
}

}  // namespace noroshi::api
