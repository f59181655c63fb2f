// The verbs on publishers: add, set, list, show, suspend, resume, token.
#pragma once

#include "hub/admin/administer.hpp"

namespace noroshi::admin {

Administration administer_publishers(const AdminRequest& request,
                                     const registry::Registry& registry);

}  // namespace noroshi::admin
