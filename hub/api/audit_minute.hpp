// Requests without a valid identity, kept as one audit entry for each minute that had any.
//
// Threading  the front's thread.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include "hub/api/rooms.hpp"

namespace noroshi::api {

class AuditMinute {
 public:
  explicit AuditMinute(Rooms& rooms) : rooms_(rooms), timer_(rooms.front) {}
  void start();
  // Records what the minute has had so far.
  void stop();

 private:
  void record();

  Rooms& rooms_;
  boost::asio::steady_timer timer_;
};

}  // namespace noroshi::api
