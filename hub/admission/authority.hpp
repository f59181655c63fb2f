// Who may say what about which place. Default deny: a publisher speaks for what it is registered
// with and for nothing else.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <optional>

#include "hub/admission/refusal.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admission {

// What `draft` may not say, or nothing. An area without a valid code is spoken for only by a
// publisher registered for `*`.
std::optional<Refusal> lacks_authority(const v1::AlertAccepted& draft,
                                       const registry::Registry& registry);

}  // namespace noroshi::admission
