// Somebody the hub knows, what they were known by, and for what: the live path or one drill.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <optional>
#include <string>
#include <string_view>

#include "hub/drills/channel.hpp"

namespace noroshi::registry {

inline constexpr std::string_view certificate_credential_prefix = "cert:";

struct Principal {
  enum class Kind { publisher, subscriber, operator_, officer };
  Kind kind;
  std::string id;  // code, subscriber id or login
  // For the audit: the first 8 hexadecimal digits of the token's hash, or `cert:` and the serial
  // number of the client certificate.
  std::string credential;
  // Of the credential, from identification on; nothing changes it.
  drills::Channel channel;
  bool operator==(const Principal&) const = default;
};

// Credential of a subscriber that the hub calls by itself, because it is registered so; no token
// has this name.
inline constexpr std::string_view registration_credential = "registration";

// Nothing for a kind this program does not know: whoever it is, they are nobody here.
std::optional<Principal::Kind> kind_of(v1::TokenIssued::Kind kind);
v1::TokenIssued::Kind kind_of(Principal::Kind kind);

// Whether it was found by a client certificate and not by a token.
bool by_certificate(const Principal& principal);

}  // namespace noroshi::registry
