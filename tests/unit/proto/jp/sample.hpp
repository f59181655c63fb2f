// A CAP-JP order that breaks no rule at all, to be spoiled.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"

namespace noroshi::jp::sample {

// Noon of 2026-11-22 in Japan: when the orders below are sent.
inline constexpr std::int64_t noon = 1'795'316'400'000;

// 徳島市 issues evac.l4 for flood in 川内町 (362018:kawauchi) and 応神町 (362018:ojin), in Japanese
// and English.
cap::Alert order();
// Its second revision: 川内町 goes on, 応神町 is lifted.
cap::Alert partly_lifted();

void set(cap::Info& info, std::string_view name, std::string value);  // a parameter, added if new
void drop(cap::Info& info, std::string_view name);
void code(cap::Info& info, std::string_view list, std::string value);  // an event code, likewise
cap::Area area(std::string name, std::string district);

struct Case {
  std::string name;
  void (*spoil)(cap::Alert&);
  // The rules of the findings in their order; "?" behind a warning, "!" behind a confirmation.
  std::vector<std::string> rules;
};
inline void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
inline std::string case_name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

}  // namespace noroshi::jp::sample
