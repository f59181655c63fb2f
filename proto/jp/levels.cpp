#include "proto/jp/levels.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

// clang-format off
constexpr Level rows[] = {
    {"evac.l5", 5, "緊急安全確保", "命の危険 直ちに安全確保！", "#0C000C", "#FFFFFF",
     {"Immediate", "Extreme", {"Observed", "Likely"}, "Shelter"}},
    {"evac.l4", 4, "避難指示", "危険な場所から全員避難", "#AA00AA", "#FFFFFF",
     {"Immediate", "Severe", {"Likely", ""}, "Evacuate"}},
    {"evac.l3", 3, "高齢者等避難", "危険な場所から高齢者等は避難", "#FF2800", "#000000",
     {"Expected", "Severe", {"Likely", ""}, "Prepare"}},
    {"evac.zone", 0, "警戒区域", "", "", "",
     {"Immediate", "Extreme", {"Likely", ""}, "Avoid"}},
};
// clang-format on

}  // namespace

std::span<const Level> levels() { return rows; }

const Level* level(std::string_view event_code) {
  const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                 [&](const auto& each) { return each.event == event_code; });
  return row == std::end(rows) ? nullptr : row;
}

}  // namespace noroshi::jp
