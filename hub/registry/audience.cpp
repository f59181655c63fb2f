#include "hub/registry/audience.hpp"

#include <utility>

namespace noroshi::registry {

Audience::Audience(const v1::AlertAccepted& alert, Sequence sequence, Sequence oldest,
                   std::vector<std::uint64_t> interests)
    : alert_(&alert),
      sequence_(sequence),
      oldest_(oldest),
      everybody_(alert.to_everybody()),
      interests_(std::move(interests)) {}

}  // namespace noroshi::registry
