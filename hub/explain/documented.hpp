// What the tables of ops/docs say of a rule or a code.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noroshi::explain {

// Each empty where the pages do not say it.
struct Documented {
  std::string page;      // ops/docs/rules.md
  std::string section;   // of the page
  std::string severity;  // of a rule: error, warn, confirm
  std::string status;    // of a code: the HTTP status
  std::string asked;     // what the rule asks, or when the code is answered
  std::string from;      // the standard, or its part, that asks for it
};

// Nothing for an id that no page lists: neither in a table nor by its kind (life., area. …).
std::optional<Documented> documented(std::string_view id);

}  // namespace noroshi::explain
