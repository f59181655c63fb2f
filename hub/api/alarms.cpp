#include "hub/api/alarms.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "hub/alarms/alarm_json.hpp"
#include "hub/api/answers.hpp"
#include "hub/api/entitlement.hpp"

namespace noroshi::api {
namespace {

constexpr std::size_t alarms_max = 1000;

}  // namespace

void answer_alarms(const Rooms& rooms, const transport::Exchange& exchange,
                   const registry::Principal& reader, const drills::Channel& channel) {
  const auto& registry = rooms.identity.registry();
  const bool all = reads_everything(reader, registry);
  const auto publisher = registry.publisher_of(reader);
  std::vector<const alarms::Alarm*> found;
  for (const auto& [id, alarm] : rooms.alarms.alarms().all())
    if (alarm.raised.drill() == channel.drill() &&
        (all || (!publisher.empty() && alarm.raised.publisher() == publisher)))
      found.push_back(&alarm);
  std::sort(found.begin(), found.end(),
            [](const auto* a, const auto* b) { return a->entry > b->entry; });
  const auto shown = std::min(found.size(), alarms_max);
  boost::json::array listed;
  for (std::size_t i = 0; i < shown; ++i) listed.push_back(alarms::json_of(*found[i]));
  exchange.respond(json_response(200, {{"channel", channel.name()},
                                       {"alarms", std::move(listed)},
                                       {"left_out", found.size() - shown}}));
}

}  // namespace noroshi::api
