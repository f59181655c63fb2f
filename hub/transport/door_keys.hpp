// The hub's own certificate and what it trusts, as both doors need them.
#pragma once

#include <cstdint>
#include <filesystem>

#include "hub/config/config.hpp"
#include "proto/result.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::transport {

struct DoorKeys {
  wire::TlsContext tokens;  // server authentication
  wire::TlsContext mutual;  // client certificates of our own authority

  [[nodiscard]] wire::TlsContext::Validity validity() const { return tokens.validity(); }
};

// Reads tls/hub.pem, hub.key and ca.pem; configuration when they do not make a pair.
Result<DoorKeys> load_door_keys(const config::Config& config, wire::TlsContext::Refused refused);

// The same while doors are open: a certificate that is not valid at `now_ms` is no better than the
// one in use, and configuration too.
Result<DoorKeys> reload_door_keys(const config::Config& config, wire::TlsContext::Refused refused,
                                  std::int64_t now_ms);

}  // namespace noroshi::transport
