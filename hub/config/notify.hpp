// Whom to tell of alarms, and how: one [[notify]] of noroshi.toml.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace noroshi::config {

struct Notify {
  enum class Kind { command, mail, webhook };
  Kind kind = Kind::command;
  std::vector<std::string> alarms;  // prefixes of alarm kinds; none: all
  bool drills = false;              // of drills, too
  // Told at once, then again so long after, twice as long each time up to `repeat_max`, until the
  // alarm is acknowledged or over; and once when it is over.
  std::chrono::seconds repeat{300};
  std::chrono::seconds repeat_max{3600};
  std::chrono::seconds limit{30};  // for the program; a webhook has 10 s

  std::vector<std::string> command;             // kind command: the program and its arguments
  std::vector<std::string> to;                  // kind mail
  std::string from;                             // kind mail
  std::string sendmail = "/usr/sbin/sendmail";  // kind mail: called with -t -i
  std::string url;                              // kind webhook: of hub/webhook/url.hpp
  std::string secret;                           // kind webhook: `whsec_…`
};

inline constexpr std::size_t notify_max = 16;

}  // namespace noroshi::config
