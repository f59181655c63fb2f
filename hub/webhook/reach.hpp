// Whom the hub may call, and whom it believes: by the operator's configuration.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hub/webhook/address_guard.hpp"
#include "hub/webhook/resolver.hpp"
#include "proto/wire/tls.hpp"

namespace noroshi::webhook {

struct Reach {
  wire::TlsContext tls;
  AddressGuard guard;
  Lookup lookup = system_lookup;
};

// `ca_pem`, relative to `data`, is trusted beside the system's certificates; empty: nothing is.
// `networks` are called though they are not public. configuration when the file cannot be read or
// one of `networks` is none.
Result<Reach> reach_of(const std::filesystem::path& data, const std::filesystem::path& ca_pem,
                       const std::vector<std::string>& networks);

}  // namespace noroshi::webhook
