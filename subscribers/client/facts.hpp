// What is known of an item, in the forms programs read.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <utility>
#include <vector>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

// One JSON object without a line break. Members of a delivery: sequence, epoch, channel,
// accepted_at, received_at, publisher, identifier, sender, document, revision, message_type,
// status, event, level (absent when none is stated), headline, areas, references, and reading:
// every element of the document (proto/noroshi/v1/reading.proto; absent when there is no readable
// one). Of a Passed: sequence, epoch, channel, received_at, passed (superseded, expired,
// cancelled), by.
std::string json_line(const Item& item);
// … without the reading.
std::string facts_object(const Item& item);

// The facts of a delivery, without the reading, as variables: NOROSHI_SEQUENCE, NOROSHI_HEADLINE,
// ….
std::vector<std::pair<std::string, std::string>> variables(const Item& item);

// In Japanese time: RFC 3339 with milliseconds, and hh:mm:ss alone.
std::string rfc3339(std::chrono::system_clock::time_point at);
std::string clock_time_japan(std::chrono::system_clock::time_point at);

std::chrono::system_clock::time_point time_of(const google::protobuf::Timestamp& at);

// "superseded", "expired", "cancelled", or "passed" for a reason this version does not know.
std::string_view name(noroshi::v1::Passed::Reason reason);

}  // namespace noroshi::subscribers
