// An after-action report as one HTML page, which is well-formed XML too: it opens off-line, runs
// nothing and loads nothing, and says everything in Japanese first and in English.
#pragma once

#include <string>
#include <string_view>

#include "hub/admin/report.hpp"

namespace noroshi::admin {

// Text from outside, fit to stand in an element or in a quoted attribute.
std::string html_text(std::string_view text);

std::string page_of(const Report& report);

}  // namespace noroshi::admin
