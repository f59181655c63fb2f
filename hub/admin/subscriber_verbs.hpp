// The verbs on subscribers: add, set, list, show, suspend, resume, token.
#pragma once

#include "hub/admin/administer.hpp"

namespace noroshi::admin {

Administration administer_subscribers(const AdminRequest& request,
                                      const registry::Registry& registry);

// The entry that registers `subscriber` as it is.
v1::EntryBody subscriber_registered(const registry::Subscriber& subscriber,
                                    const std::string& reason);

}  // namespace noroshi::admin
