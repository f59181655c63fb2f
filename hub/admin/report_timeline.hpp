// What happened to an alert and to what it is related to, in the order of time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/admin/report.hpp"
#include "hub/admin/report_words.hpp"

namespace noroshi::admin {

struct Moment {
  std::int64_t at_ms = 0;
  journal::Sequence alert = 0;
  ReportSay what = ReportSay::ev_accepted;
  std::string who = {};  // an officer, a publisher or a subscriber, as it came
};

// Earliest first; of each alert those steps that were reached.
std::vector<Moment> timeline_of(const Report& report);

}  // namespace noroshi::admin
