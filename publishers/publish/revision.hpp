// The next revision of an order: what the last one says, changed. Every revision is the full
// picture (ops/docs/profile.md, behaviour 1), so what is not changed is said again. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/jp/compose.hpp"
#include "proto/result.hpp"
#include "publishers/publish/city.hpp"

namespace noroshi::publishers {

// What `last` still orders, one revision on. What it lifted is said once and left out. `invalid`
// when it is no order of this city in CAP-JP: the detail says what is missing.
Result<jp::Composition> continued(const cap::Alert& last, const City& city);

// Tells these districts (none: the whole city) `ordered`, in place of what they were told of that
// hazard so far: a raised level needs no lift.
void issue(jp::Composition& composition, jp::Ordered ordered);

// Gives all that is ordered now `event`, another level: what is closed off stays so. not_found,
// with the event, when there is nothing that has one.
Result<void> change_level(jp::Composition& composition, const std::string& event);

// The hazard of all that is ordered now; nothing when there are several or none.
std::optional<std::string> only_hazard(const jp::Composition& composition);

// Lifts what these districts (none: all) are told. not_found, with the district (none: ""), when
// nothing is in force there.
Result<void> lift(jp::Composition& composition, const std::vector<jp::NamedDistrict>& districts);

}  // namespace noroshi::publishers
