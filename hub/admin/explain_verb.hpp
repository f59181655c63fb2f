// noroshi-hub explain: what a code or a rule id of an answer, a log or a report means.
#pragma once

#include <string>

#include "hub/admin/administer.hpp"

namespace noroshi::admin {

struct ExplainOptions {
  std::string id;
  bool list = false;
};

// Both languages, that of the user first. An id there is none of is exit code 5, with what may have
// been meant. Needs neither a hub nor its data.
AdminAnswer carry_out_explain(const ExplainOptions& options, Language language);

}  // namespace noroshi::admin
