// The verbs on client certificates, as a pure function: see administer.hpp.
#pragma once

#include "hub/admin/administer.hpp"

namespace noroshi::admin {

inline constexpr std::size_t certificates_per_identity_max = 16;  // good at the same time

// For Subject::certificate. issue and renew pin a certificate that the asker has made and signed;
// renew puts those it replaces on the deny-list from `refused_from_ms` on.
Administration administer_certificates(const AdminRequest& request,
                                       const registry::Registry& registry);

}  // namespace noroshi::admin
