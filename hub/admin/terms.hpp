// What may be registered: every value an operator types is checked here, with the reason in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/words.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// A municipality or prefecture code of six digits (five are completed), or, for relays and tests,
// an id such as relay-east.
Result<std::string> publisher_code(std::string_view typed, Language language);
Result<std::string> subscriber_id(std::string_view typed, Language language);
Result<std::string> display_name(std::string_view typed, Language language);

// Lists come back without repetitions, in the order typed.
using Terms = std::vector<std::string>;
Result<Terms> area_terms(const Terms& typed, Language language);
Result<Terms> sender_terms(const Terms& typed, Language language);
// `*` among them means all, which is the empty list.
Result<Terms> event_terms(const Terms& typed, Language language);
Result<Terms> outlet_terms(const Terms& typed, Language language);
// A language tag (BCP 47) with its capitals as usual, ja-JP; `*` means any, which is "".
Result<std::string> language_tag(std::string_view typed, Language language);
Result<std::uint32_t> warning_level(std::uint32_t typed, Language language);

// The area that a publisher speaks for when none is typed: its own; a prefecture's code ends in
// 000 and a check digit and stands for the whole prefecture. Empty for an id.
Terms own_area(std::string_view code);

}  // namespace noroshi::admin
