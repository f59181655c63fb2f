#include "tests/bench/protocol.hpp"

#include <utility>

#include "tests/bench/protocol_bare.hpp"
#include "tests/bench/protocol_hub.hpp"

namespace noroshi::bench {

std::unique_ptr<Protocol> make_protocol(const std::string& name, Events& events,
                                        Credentials credentials) {
  if (name == "bare") return std::make_unique<BareProtocol>(events);
  if (name == "hub") return std::make_unique<HubProtocol>(events, std::move(credentials));
  return nullptr;
}

}  // namespace noroshi::bench
