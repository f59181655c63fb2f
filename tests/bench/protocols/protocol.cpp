#include "tests/bench/protocols/protocol.hpp"

#include <utility>

#include "tests/bench/protocols/amqp.hpp"
#include "tests/bench/protocols/bare.hpp"
#include "tests/bench/protocols/hub.hpp"
#include "tests/bench/protocols/hub_events.hpp"
#include "tests/bench/protocols/mqtt.hpp"
#include "tests/bench/protocols/nats.hpp"
#include "tests/bench/protocols/redis.hpp"

namespace noroshi::bench {

std::unique_ptr<Protocol> make_protocol(const std::string& name, Events& events,
                                        Credentials credentials) {
  if (name == "bare") return std::make_unique<BareProtocol>(events);
  if (name == "hub") return std::make_unique<HubProtocol>(events, std::move(credentials));
  if (name == "hub-events")
    return std::make_unique<HubEventsProtocol>(events, std::move(credentials));
  if (name == "nats") return std::make_unique<NatsProtocol>(events);
  if (name == "mqtt") return std::make_unique<MqttProtocol>(events);
  if (name == "redis") return std::make_unique<RedisProtocol>(events);
  if (name == "amqp") return std::make_unique<AmqpProtocol>(events);
  return nullptr;
}

}  // namespace noroshi::bench
