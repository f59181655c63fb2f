// Who may use which path: default deny, asked of the header and again when the body is there.
//
// Threading  the front's thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/api/paths.hpp"
#include "hub/api/problem.hpp"
#include "hub/delivery/outlet.hpp"
#include "hub/drills/drills.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::api {

// Whether its registration says that it is served by `outlet`.
bool takes(const registry::Registry& registry, const registry::Principal& subscriber,
           delivery::Outlet outlet);

// By what it is alone; of which channel it is asked below.
bool may_use(Route route, std::string_view method, registry::Principal::Kind kind);

// The operator, and officers who have that role, on the live path: all of it and every drill.
bool reads_everything(const registry::Principal& principal, const registry::Registry& registry);

// Whose alerts the path names, for this principal: those of its own channel, and for whoever reads
// everything, only to read, those of any drill there was. Null: none that it may see.
const drills::Channel* channel_of(const wire::Request& request,
                                  const registry::Principal& principal,
                                  const registry::Registry& registry);

// A credential is for the live path or for one drill, and for nothing else; and a stream of a drill
// lives in its window, as does what is in force in it.
std::optional<Problem> objection_to_channel(const wire::Request& request,
                                            const registry::Principal& principal,
                                            const registry::Registry& registry,
                                            std::int64_t now_ms);

}  // namespace noroshi::api
