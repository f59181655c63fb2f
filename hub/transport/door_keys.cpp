#include "hub/transport/door_keys.hpp"

#include <utility>

namespace noroshi::transport {

Result<DoorKeys> load_door_keys(const config::Config& config, wire::TlsContext::Refused refused) {
  auto tokens = wire::TlsContext::server(config.certificate(), config.key());
  if (!tokens) return tl::unexpected<Error>(tokens.error());
  auto mutual = wire::TlsContext::mutual_server(config.certificate(), config.key(),
                                                config.client_authority(), std::move(refused));
  if (!mutual) return tl::unexpected<Error>(mutual.error());
  return DoorKeys{std::move(*tokens), std::move(*mutual)};
}

Result<DoorKeys> reload_door_keys(const config::Config& config, wire::TlsContext::Refused refused,
                                  std::int64_t now_ms) {
  auto keys = load_door_keys(config, std::move(refused));
  if (!keys) return keys;
  const auto validity = keys->validity();
  if (now_ms < validity.from_ms || now_ms >= validity.until_ms)
    return failure(ErrorCode::configuration,
                   config.certificate().string() + " is not valid at this time");
  return keys;
}

}  // namespace noroshi::transport
