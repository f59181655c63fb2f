// The verbs on officers: add, set, list, show, suspend, resume, reset, token.
#pragma once

#include "hub/admin/administer.hpp"

namespace noroshi::admin {

// For requests on officers; as administer().
Administration administer_officers(const AdminRequest& request, const registry::Registry& registry);

// Two to 63 small letters, digits, `.`, `-`, `_` and `@`, beginning with a letter.
Result<std::string> officer_login(std::string_view typed, Language language);
// Each of registry::role::all at most once; at least one.
Result<std::vector<std::string>> officer_roles(const std::vector<std::string>& typed,
                                               Language language);

}  // namespace noroshi::admin
