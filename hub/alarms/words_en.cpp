#include "hub/alarms/kinds.hpp"
#include "hub/alarms/words.hpp"

namespace noroshi::alarms {

std::string_view english(std::string_view kind) {
  if (kind == kind::delivered) return "not delivered in time";
  if (kind == kind::shown) return "not on air in time";
  if (kind == kind::withdrawn) return "not taken off air in time";
  if (kind == kind::unlifted) return "an order has run out and nobody lifted it";
  if (kind == kind::probe) return "a probe did not arrive";
  if (kind == kind::rolled_back) return "a subscriber holds more than this hub's log";
  if (kind == kind::takeover) return "another hub has taken over";
  if (kind == kind::clock) return "the hub's clock cannot be believed";
  if (kind == kind::disk) return "the hub's disk is nearly full";
  if (kind == kind::webhook_dead) return "webhooks were given up";
  return kind;
}

}  // namespace noroshi::alarms
