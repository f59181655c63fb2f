// Tells the service manager that the front's thread goes round, when it asked for that
// (WatchdogSec=): a hub that does not answer any more is then started anew.
//
// Threading  the front's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>

namespace noroshi::api {

class Watchdog {
 public:
  explicit Watchdog(boost::asio::io_context& front);
  // Nothing when nobody asked. Two times in each interval.
  void start();
  void stop() { timer_.cancel(); }

 private:
  std::optional<std::chrono::microseconds> interval_;
  boost::asio::steady_timer timer_;
};

}  // namespace noroshi::api
