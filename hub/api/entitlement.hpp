// Who may use which path: default deny, asked of the header and again when the body is there.
//
// Threading  the front's thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/api/paths.hpp"
#include "hub/api/problem.hpp"
#include "hub/drills/drills.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::api {

// By what it is alone; of which channel it is asked below.
bool may_use(Route route, std::string_view method, registry::Principal::Kind kind);

// Whose alerts the path names, for this principal: those of its own channel, and for the operator,
// who reads only, those of any drill there was. Null: none that it may see.
const drills::Channel* channel_of(const Destination& destination,
                                  const registry::Principal& principal,
                                  const drills::Drills& drills);

// A credential is for the live path or for one drill, and for nothing else; and a stream of a drill
// lives in its window, as does what is in force in it.
std::optional<Problem> objection_to_channel(std::string_view path,
                                            const registry::Principal& principal,
                                            const registry::Registry& registry,
                                            std::int64_t now_ms);

}  // namespace noroshi::api
