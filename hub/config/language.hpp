// Which language people are spoken to in.
#pragma once

#include <map>
#include <string>

namespace noroshi::config {

enum class Language { english, japanese };

// By the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty, as POSIX has it.
Language language_of(const std::map<std::string, std::string>& environment);

}  // namespace noroshi::config
