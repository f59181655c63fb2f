// What a notification of an alarm consists of: values made of values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/alarms/schedule.hpp"
#include "hub/config/notify.hpp"

namespace noroshi::alarms {

// One JSON object, as GET /v1/alarms has it, with `told` (raised, repeated, over), `times` and
// `environment`; ends with a line feed.
std::string notification_json(const Call& call, const std::string& environment);

// NAME=value: of ours only what a program needs to run at all (PATH, HOME, the language, the time
// zone), and the facts as NOROSHI_…, on one line each and without control characters.
std::vector<std::string> notification_environment(const Call& call, const std::string& environment);

// A whole message for `sendmail -t -i`: plain text in UTF-8, RFC 5322, lines ended by \n. Whatever
// an alarm holds, nothing of it can add a header or an address.
std::string notification_mail(const Call& call, const config::Notify& rule,
                              const std::string& environment, std::int64_t now_ms);

// The body of a webhook, {"type","timestamp","data"}, with the same object as its data; and its
// webhook-id, the same for every attempt, made of the log's epoch and the alarm's entry.
inline constexpr std::string_view webhook_type = "noroshi.alarm";
std::string notification_webhook(const Call& call, const std::string& environment,
                                 std::int64_t now_ms);
std::string notification_id(const Call& call, std::uint64_t epoch);

// RFC 2047 encoded words of at most 75 characters, folded; never splits a character.
std::string encoded_header(std::string_view text);

}  // namespace noroshi::alarms
