#include "hub/outlets/crossing.hpp"

#include <string>

#include "hub/config/log.hpp"

namespace noroshi::outlets {

bool of_its_channel(const delivery::Slot& slot, const registry::Principal& subscriber,
                    std::string_view outlet) {
  if (slot.of_one_channel && slot.drill == subscriber.channel.drill()) return true;
  log::error(std::string(outlet) + ".crossing_refused",
             {{"sequence", std::to_string(slot.sequence())},
              {"alert", slot.alert().channel()},
              {"status", slot.alert().summary().status()},
              {"stream", subscriber.channel.name()},
              {"subscriber", subscriber.id}});
  return false;
}

}  // namespace noroshi::outlets
