// Findings as they are made. Inside proto/cap, and for the profiles over it.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/finding.hpp"
#include "proto/cap/path.hpp"

namespace noroshi::cap {

// Bound  the first `each_severity_max` of each severity are kept: a hostile document can neither
// fill the memory nor hide what is serious behind warnings.
class Findings {
 public:
  static constexpr std::size_t each_severity_max = 256;

  // `family` begins the id of every rule and must outlive this.
  explicit Findings(std::string_view family = "cap.") : family_(family) {}

  // `rule` without its family: "R012". `aspect` chooses among the rule's messages.
  void add(Severity severity, std::string_view rule, const Path& path, Place place,
           std::string_view value = {}, std::string_view aspect = {});
  void error(std::string_view rule, const Path& path, Place place, std::string_view value = {},
             std::string_view aspect = {});
  void warn(std::string_view rule, const Path& path, Place place, std::string_view value = {},
            std::string_view aspect = {});

  // All of them in document order; nothing is left inside.
  std::vector<Finding> take();

 private:
  std::string_view family_;
  std::vector<Finding> findings_;
  std::array<std::size_t, 3> held_{};  // of each severity
};

// In document order; what stands at the same place keeps its order.
void sort_by_place(std::vector<Finding>& findings);

// The finding itself, for whoever makes only one; `rule` of the family "cap.".
Finding finding(Severity severity, std::string_view rule, const Path& path, Place place,
                std::string_view value, std::string_view aspect);

}  // namespace noroshi::cap
