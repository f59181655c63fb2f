#include "hub/registry/officer.hpp"

#include <algorithm>

namespace noroshi::registry {

bool Officer::is(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Officer read_officer(const v1::OfficerRegistered& registered) {
  return {registered.login(),
          registered.publisher(),
          {registered.roles().begin(), registered.roles().end()},
          registered.suspended()};
}

v1::OfficerRegistered write_officer(const Officer& officer, const std::string& reason) {
  v1::OfficerRegistered registered;
  registered.set_login(officer.login);
  registered.set_publisher(officer.publisher);
  for (const auto& role : officer.roles) registered.add_roles(role);
  registered.set_suspended(officer.suspended);
  registered.set_reason(reason);
  return registered;
}

}  // namespace noroshi::registry
