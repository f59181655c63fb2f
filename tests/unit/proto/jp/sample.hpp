// CAP-JP orders that break no rule at all, and tables of ways to spoil them.
#pragma once

#include <cstdint>
#include <functional>
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

// What an alert is spoiled by, and what of the profile it then breaks, in document order: the rule
// without its family, ":" and the aspect; "?" behind a warning, "!" behind a confirmation.
struct Case {
  std::string name;
  std::function<void(cap::Alert&)> spoil;
  std::vector<std::string> rules;
};

// What the alert breaks of the profile once it is written and read again.
std::vector<std::string> broken(const cap::Alert& alert);

// Every case of a table against order(), or another alert.
void expect_all(const std::vector<Case>& cases, cap::Alert (*sound)() = order);

}  // namespace noroshi::jp::sample
