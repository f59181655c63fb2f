#include "hub/config/start_progress.hpp"

#include <algorithm>
#include <string>

#include "hub/config/log.hpp"
#include "hub/config/systemd.hpp"

namespace noroshi::config {
namespace {

// From each time it is told, however long the start takes in all.
constexpr std::chrono::microseconds patience_asked = std::chrono::seconds(60);

}  // namespace

void StartProgress::tell(std::uint64_t read, std::uint64_t all, Clock::time_point now) {
  if (now - told_ < every) return;
  told_ = now;
  const auto percent = std::to_string(100 * read / std::max<std::uint64_t>(all, 1));
  log::info("hub.reading_log",
            {{"percent", percent}, {"entries", std::to_string(read)}, {"of", std::to_string(all)}});
  tell_service_manager("EXTEND_TIMEOUT_USEC=" + std::to_string(patience_asked.count()) +
                       "\nSTATUS=reading the log: " + percent + " %");
}

}  // namespace noroshi::config
