// One officer: a person with a token of their own, who acts for one publisher within their roles.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::registry {

namespace role {
inline constexpr std::string_view drafter = "drafter";    // writes, and sends where one may alone
inline constexpr std::string_view approver = "approver";  // is the second person
inline constexpr std::string_view admin = "admin";        // withdraws any draft of its organisation
inline constexpr std::string_view operator_ = "operator";  // reads everything, live and drills
inline constexpr std::array all{drafter, approver, admin, operator_};
}  // namespace role

struct Officer {
  std::string login;
  std::string publisher;
  std::vector<std::string> roles;
  bool suspended = false;

  [[nodiscard]] bool is(std::string_view role) const;
};

Officer read_officer(const v1::OfficerRegistered& registered);
// The inverse; `reason` is of this change.
v1::OfficerRegistered write_officer(const Officer& officer, const std::string& reason);

}  // namespace noroshi::registry
