// The notification protocol of systemd's service manager, sd_notify(3), without its library.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace noroshi::config {

// Sends `state` ("READY=1") to the socket that NOTIFY_SOCKET names; does nothing when it is unset.
void tell_service_manager(std::string_view state);

// How often WATCHDOG=1 must be told lest the service be restarted (WATCHDOG_USEC), when it is this
// process that must; nothing otherwise.
std::optional<std::chrono::microseconds> watchdog_interval();

// The state to tell before reloading: since systemd 253 it carries the monotonic time.
std::string reloading_now();

}  // namespace noroshi::config
