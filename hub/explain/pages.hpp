// The pages of ops/docs that lay rules and codes down, as they were when this was built.
#pragma once

#include <string_view>

namespace noroshi::explain {

std::string_view rules_page();     // ops/docs/rules.md: the rules of CAP
std::string_view profile_page();   // ops/docs/profile.md: those of CAP-JP
std::string_view contract_page();  // ops/docs/contract.md: the codes of problems, admission

}  // namespace noroshi::explain
