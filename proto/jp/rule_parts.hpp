// The parts of check(), one a source file. Inside proto/jp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proto/jp/block.hpp"
#include "proto/jp/rules.hpp"

namespace noroshi::jp {

void check_alert(const cap::Alert& alert, Channel channel, cap::Findings& findings);
// `update_kind` is what the alert states anywhere, "" when it does not.
void check_kind(Block& block, std::string_view update_kind);
void check_words(Block& block);
void check_times(Block& block, std::string_view update_kind);
void check_parameters(Block& block);
void check_mail(Block& block);
void check_text(Block& block, Channel channel);

// What each area of an info covers, as covered_district() says; worked out once for all rules.
using Districts = std::vector<std::string>;
void check_areas(Block& block, const Districts& districts);
void check_lines(const cap::Alert& alert, const std::vector<Districts>& districts,
                 cap::Findings& findings);

}  // namespace noroshi::jp
