#include "hub/api/watchdog.hpp"

#include "hub/config/systemd.hpp"

namespace noroshi::api {

Watchdog::Watchdog(boost::asio::io_context& front)
    : interval_(config::watchdog_interval()), timer_(front) {}

void Watchdog::start() {
  if (!interval_) return;
  config::tell_service_manager("WATCHDOG=1");
  timer_.expires_after(*interval_ / 2);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) start();
  });
}

}  // namespace noroshi::api
