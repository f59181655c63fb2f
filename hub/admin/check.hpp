// `noroshi-hub check`: what keeps a hub from starting, or soon will, found before it is started.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "hub/admin/words.hpp"

namespace noroshi::admin {

// Each a line `place: what is wrong and what to do`.
struct CheckReport {
  std::vector<std::string> problems;
  std::vector<std::string> warnings;  // a hub starts all the same
};

// Configuration (with `environment` over it), completeness, permissions of everything secret,
// certificate and key, and the journal, which is opened and read whole unless a hub holds it.
CheckReport check(const std::filesystem::path& data,
                  const std::map<std::string, std::string>& environment, std::int64_t now_ms,
                  Language language);

}  // namespace noroshi::admin
