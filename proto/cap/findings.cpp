#include "proto/cap/findings.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace noroshi::cap {
namespace {

Finding made(Severity severity, std::string_view family, std::string_view rule, const Path& path,
             Place place, std::string_view value, std::string_view aspect) {
  return Finding{std::string(family) + std::string(rule),
                 severity,
                 path.text(),
                 place.line,
                 place.column,
                 shown(value),
                 std::string(aspect)};
}

}  // namespace

Finding finding(Severity severity, std::string_view rule, const Path& path, Place place,
                std::string_view value, std::string_view aspect) {
  return made(severity, "cap.", rule, path, place, value, aspect);
}

void Findings::error(std::string_view rule, const Path& path, Place place, std::string_view value,
                     std::string_view aspect) {
  add(Severity::error, rule, path, place, value, aspect);
}

void Findings::warn(std::string_view rule, const Path& path, Place place, std::string_view value,
                    std::string_view aspect) {
  add(Severity::warn, rule, path, place, value, aspect);
}

void Findings::add(Severity severity, std::string_view rule, const Path& path, Place place,
                   std::string_view value, std::string_view aspect) {
  auto& held = held_.at(static_cast<std::size_t>(severity));
  if (held == each_severity_max) return;
  ++held;
  findings_.push_back(made(severity, family_, rule, path, place, value, aspect));
}

std::vector<Finding> Findings::take() {
  sort_by_place(findings_);
  held_ = {};
  return std::exchange(findings_, {});
}

void sort_by_place(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
}

}  // namespace noroshi::cap
