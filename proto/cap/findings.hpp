// Findings as they are made. Inside proto/cap only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/cap/finding.hpp"
#include "proto/cap/path.hpp"

namespace noroshi::cap {

// Bound  the first `each_severity_max` errors and as many others are kept: a hostile document can
// neither fill the memory nor hide its errors behind warnings.
class Findings {
 public:
  static constexpr std::size_t each_severity_max = 256;

  // `rule` without its prefix: "R012". `aspect` chooses among the rule's messages.
  void error(std::string_view rule, const Path& path, Place place, std::string_view value = {},
             std::string_view aspect = {});
  void warn(std::string_view rule, const Path& path, Place place, std::string_view value = {},
            std::string_view aspect = {});

  // All of them in document order; nothing is left inside.
  std::vector<Finding> take();

 private:
  void add(Severity severity, std::string_view rule, const Path& path, Place place,
           std::string_view value, std::string_view aspect);

  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
};

// The finding itself, for whoever makes only one.
Finding finding(Severity severity, std::string_view rule, const Path& path, Place place,
                std::string_view value, std::string_view aspect);

}  // namespace noroshi::cap
