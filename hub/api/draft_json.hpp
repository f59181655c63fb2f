// Drafts as the JSON of the API.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/admission/drafts.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::api {

// Of the entry by which it was submitted:
// {"id","sequence","epoch","channel","until","publisher","author","content_sha256"}
boost::json::object draft_receipt(const journal::Stored& stored, std::uint64_t epoch);
// The same, its `state` (waiting, approved, withdrawn, replaced, expired), what ended it, and its
// summary.
boost::json::object draft_json(const admission::Draft& draft, std::uint64_t epoch,
                               std::int64_t now_ms);
// With `reading`, the JSON of noroshi.v1.Reading, where there is one.
std::string full_draft_json(const boost::json::object& draft, std::string_view reading);

}  // namespace noroshi::api
