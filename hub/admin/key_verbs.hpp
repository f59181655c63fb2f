// The verbs on signing keys, `publisher key CODE add|list|remove`: whose XML signatures count for a
// publisher. A key is pinned with its certificate, which gives the time it is good for.
#pragma once

#include <optional>
#include <string>

#include "hub/admin/administer.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

// For requests on Subject::signing_key; as administer(). `id` is the publisher, `name` the key's.
// A name is used once at a time, a certificate too, and there are signature::keys_max at most.
Administration administer_signing_keys(const AdminRequest& request,
                                       const registry::Registry& registry);

// Reads the certificate from `file` (PEM or DER, 32 kB at most), for add, and carries `request`
// out.
AdminAnswer carry_out_key(const DataDirectory& directory, AdminRequest request,
                          const std::string& file, const journal::WallClock& clock);

}  // namespace noroshi::admin
