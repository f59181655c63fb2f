// An alert of an after-action report in words.
#pragma once

#include <string>
#include <vector>

#include "hub/admin/report.hpp"
#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

// A sentence or two each; as many in every language, and in the same order. Not escaped.
std::vector<std::string> summary_lines(const ReportedAlert& reported, Language language);

}  // namespace noroshi::admin
