// GET /livez, /readyz and /metrics on the operator's loopback port.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/rooms.hpp"
#include "hub/api/webhooks_shown.hpp"
#include "hub/transport/door.hpp"

namespace noroshi::api {

class Health {
 public:
  enum class Phase { starting, ready, stopping };

  // `door` is for tokens, `mutual` for certificates, `feed` of the TCP feed.
  Health(Rooms& rooms, const transport::Door& door, const transport::Door& mutual,
         const transport::Door& feed, const WebhookFigures& webhooks)
      : rooms_(rooms), door_(door), mutual_(mutual), feed_(feed), webhooks_(webhooks) {}

  void enter(Phase phase) { phase_ = phase; }
  // How long the hub's own certificate lasts.
  void certificate_lasts_until(std::int64_t ms) { certificate_until_ms_ = ms; }
  wire::Response handle(const wire::Request& request) const;
  // The live part of `noroshi-hub status`, as JSON.
  [[nodiscard]] std::string status_json() const;

 private:
  [[nodiscard]] wire::Response ready() const;
  [[nodiscard]] std::string metrics() const;

  Rooms& rooms_;
  const transport::Door& door_;
  const transport::Door& mutual_;
  const transport::Door& feed_;
  const WebhookFigures webhooks_;
  std::int64_t certificate_until_ms_ = 0;
  Phase phase_ = Phase::starting;
};

}  // namespace noroshi::api
