// Tells whoever waits for a start that has to read much of the log how far it is: a line in the log
// of the hub each second, and the service manager, which then goes on waiting.
//
// Threading  none inside.
#pragma once

#include <chrono>
#include <cstdint>

namespace noroshi::config {

class StartProgress {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds every{1};

  explicit StartProgress(Clock::time_point begun = Clock::now()) : told_(begun) {}

  // `read` of `all` entries; says nothing before a second has passed since it last did.
  void tell(std::uint64_t read, std::uint64_t all, Clock::time_point now = Clock::now());

 private:
  Clock::time_point told_;
};

}  // namespace noroshi::config
