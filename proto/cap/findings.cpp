#include "proto/cap/findings.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace noroshi::cap {

Finding finding(Severity severity, std::string_view rule, const Path& path, Place place,
                std::string_view value, std::string_view aspect) {
  return Finding{
      "cap." + std::string(rule), severity, path.text(), place.line, place.column, shown(value),
      std::string(aspect)};
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
  const bool is_error = severity == Severity::error;
  const std::size_t held = is_error ? errors_ : findings_.size() - errors_;
  if (held == each_severity_max) return;
  if (is_error) ++errors_;
  findings_.push_back(finding(severity, rule, path, place, value, aspect));
}

std::vector<Finding> Findings::take() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  errors_ = 0;
  return std::exchange(findings_, {});
}

}  // namespace noroshi::cap
