// An alert that breaks no rule at all, and tables of ways to spoil it.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/validate.hpp"

namespace noroshi::cap::sample {

// Noon of 2026-11-22 in Japan: when the alert below is sent.
inline constexpr std::int64_t noon = 1'795'316'400'000;

Alert acceptable();

// The rules of the findings, in their order; a warning has a `?` behind it: "cap.R044?".
std::vector<std::string> broken(const Verdict& verdict);

// What the alert breaks once it is written and read again.
std::vector<std::string> broken(const Alert& alert);

// An alert document around `children`, which are the children of alert.
std::string document(std::string_view children);

struct Case {
  std::string name;
  void (*spoil)(Alert&);
  std::vector<std::string> rules;
};
inline void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
inline std::string case_name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

}  // namespace noroshi::cap::sample
