// The closed word lists of CAP 1.2, case-sensitive, and the top-level media types.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace noroshi::cap::words {

inline constexpr std::array<std::string_view, 5> status{"Actual", "Exercise", "System", "Test",
                                                        "Draft"};
inline constexpr std::array<std::string_view, 5> msg_type{"Alert", "Update", "Cancel", "Ack",
                                                          "Error"};
inline constexpr std::array<std::string_view, 3> scope{"Public", "Restricted", "Private"};
inline constexpr std::array<std::string_view, 12> category{
    "Geo",    "Met", "Safety",    "Security", "Rescue", "Fire",
    "Health", "Env", "Transport", "Infra",    "CBRNE",  "Other"};
inline constexpr std::array<std::string_view, 9> response_type{
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"};
inline constexpr std::array<std::string_view, 5> urgency{"Immediate", "Expected", "Future", "Past",
                                                         "Unknown"};
inline constexpr std::array<std::string_view, 5> severity{"Extreme", "Severe", "Moderate", "Minor",
                                                          "Unknown"};
inline constexpr std::array<std::string_view, 5> certainty{"Observed", "Likely", "Possible",
                                                           "Unlikely", "Unknown"};

// IANA's registry of top-level media types, in lower case.
inline constexpr std::array<std::string_view, 11> media{"application", "audio", "example", "font",
                                                        "haptics",     "image", "message", "model",
                                                        "multipart",   "text",  "video"};

constexpr bool contains(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace noroshi::cap::words
