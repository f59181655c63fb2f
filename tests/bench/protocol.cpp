#include "tests/bench/protocol.hpp"

#include <utility>

#include "tests/bench/protocol_amqp.hpp"
#include "tests/bench/protocol_bare.hpp"
#include "tests/bench/protocol_hub.hpp"
#include "tests/bench/protocol_mqtt.hpp"
#include "tests/bench/protocol_nats.hpp"
#include "tests/bench/protocol_redis.hpp"

namespace noroshi::bench {

std::unique_ptr<Protocol> make_protocol(const std::string& name, Events& events,
                                        Credentials credentials) {
  if (name == "bare") return std::make_unique<BareProtocol>(events);
  if (name == "hub") return std::make_unique<HubProtocol>(events, std::move(credentials));
  if (name == "nats") return std::make_unique<NatsProtocol>(events);
  if (name == "mqtt") return std::make_unique<MqttProtocol>(events);
  if (name == "redis") return std::make_unique<RedisProtocol>(events);
  if (name == "amqp") return std::make_unique<AmqpProtocol>(events);
  return nullptr;
}

}  // namespace noroshi::bench
