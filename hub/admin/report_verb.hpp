// noroshi-hub audit report ALERT: what became of an alert and of all that it is related to, written
// down for people, from a hub that runs or from the log of one that does not.
#pragma once

#include <cstdint>
#include <string>

#include "hub/admin/reach.hpp"
#include "hub/admin/request.hpp"

namespace noroshi::admin {

struct ReportOptions {
  std::string alert;      // as alert_name.hpp says
  std::string out;        // as report_file.hpp says; empty: report-SEQUENCE
  std::string audit_pub;  // the log's public key, to be enclosed
};

// Asks for one ladder after another, for the entries, for a checkpoint and for proofs under it.
// Bounds  Report::alerts_max alerts; where somebody drafted one, the 65,536 entries before it, or
//         those of an hour, are looked through for the draft.
AdminAnswer carry_out_report(const Ask& ask, const ReportOptions& options, std::int64_t now_ms,
                             Language language);

}  // namespace noroshi::admin
