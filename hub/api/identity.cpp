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

}  // namespace

std::optional<registry::Principal> Identity::of(const wire::Request& request) {
  if (const auto token = bearer_token(request))
    if (auto principal = registry_.principal_of(*token)) return principal;
  ++failures_;
  return std::nullopt;
}

}  // namespace noroshi::api
