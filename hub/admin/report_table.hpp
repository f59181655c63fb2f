// An after-action report as a table: CSV (RFC 4180, UTF-8), a row for each subscriber of each
// alert, or one for each medium that it reported.
#pragma once

#include <string>
#include <string_view>

#include "hub/admin/report.hpp"

namespace noroshi::admin {

// Between quotation marks where it has to be. What a spreadsheet would take for a formula, because
// it begins with = + - @, a tab or a carriage return, begins with an apostrophe.
std::string csv_cell(std::string_view text);

// The first line names the columns. Times as in the HTTP API, durations in seconds.
std::string csv_of(const Report& report);

}  // namespace noroshi::admin
