// The hub's own certificate while it runs: all doors use it, a new one is taken without closing
// anything, and its end is announced a month ahead.
//
// Threading  the front's thread, except `refused` of refusals(), which any thread may call.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "hub/api/health.hpp"
#include "hub/config/config.hpp"
#include "hub/transport/door.hpp"
#include "hub/transport/door_keys.hpp"

namespace noroshi::api {

class HubCertificate {
 public:
  // All outlive this.
  struct Doors {
    transport::Door& tokens;
    transport::Door& mutual;
    transport::Door& feed;  // of client certificates, too
  };
  HubCertificate(Rooms& rooms, const config::Config& config, Doors doors, Health& health);

  // Counts and logs why client certificates are not taken; at most one line a second.
  static wire::TlsContext::Refused refusals(Rooms& rooms);

  // `validity` of the certificate that the doors were opened with.
  void start(wire::TlsContext::Validity validity);
  void stop() { daily_.cancel(); }
  // Reads the files again. When they are of no use the doors go on with what they have, and the
  // log says why.
  void reload();

 private:
  void look_daily();

  Rooms& rooms_;
  const config::Config& config_;
  Doors doors_;
  Health& health_;
  boost::asio::steady_timer daily_;
  wire::TlsContext::Validity validity_{0, 0};
};

}  // namespace noroshi::api
