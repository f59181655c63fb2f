// GET /livez, /readyz and /metrics on the operator's loopback port.
//
// Threading  the front's thread.
#pragma once

#include "hub/api/alerts.hpp"
#include "hub/transport/door.hpp"

namespace noroshi::api {

class Health {
 public:
  enum class Phase { starting, ready, stopping };

  Health(Rooms& rooms, const transport::Door& door) : rooms_(rooms), door_(door) {}

  void enter(Phase phase) { phase_ = phase; }
  wire::Response handle(const wire::Request& request) const;
  // The live part of `noroshi-hub status`, as JSON.
  [[nodiscard]] std::string status_json() const;

 private:
  [[nodiscard]] wire::Response ready() const;
  [[nodiscard]] std::string metrics() const;

  Rooms& rooms_;
  const transport::Door& door_;
  Phase phase_ = Phase::starting;
};

}  // namespace noroshi::api
