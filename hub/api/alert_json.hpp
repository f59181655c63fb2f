// Alerts as the JSON of the API; 64-bit numbers are JSON numbers.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/journal/entry.hpp"
#include "hub/view/view.hpp"

namespace noroshi::api {

// {"id","sequence","epoch","accepted_at","channel","subscribers"}
boost::json::object receipt_json(const journal::Stored& stored, std::uint64_t epoch);
// What the hub knows of an alert without its text.
boost::json::object alert_json(journal::Sequence sequence, std::int64_t at_ms,
                               const v1::AlertAccepted& alert);
// The same with `reading` behind it, the JSON of noroshi.v1.Reading; without it when that is empty.
std::string full_alert_json(const journal::Stored& stored, std::string_view reading);
boost::json::object listed_json(const view::Listed& listed);

}  // namespace noroshi::api
