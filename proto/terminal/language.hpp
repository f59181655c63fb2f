// Which language people are spoken to in.
#pragma once

#include <map>
#include <string>

namespace noroshi::terminal {

enum class Language { english, japanese };

// By the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty, as POSIX has it: Japanese
// when its language is `ja`, else English.
Language language_of(const std::map<std::string, std::string>& environment);

// By the environment of this process. Not while another thread changes it.
Language language_of_process();

}  // namespace noroshi::terminal
