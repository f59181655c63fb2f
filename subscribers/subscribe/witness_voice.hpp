// What a witness found, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "proto/terminal/exit.hpp"
#include "subscribers/client/witness.hpp"

namespace noroshi::subscribers {

// One or more sentences, a line each, in the language of the environment. `hub` is its URL; `fault`
// what its fault is called.
std::vector<std::string> finding_lines(const std::string& hub, const Finding& finding,
                                       const std::string& fault);
// {"hub","verdict","at"}, and as far as known "origin","size","root","key","kept":{origin, size,
// root},"evidence","cosigned","detail".
std::string finding_json(const std::string& hub, const Finding& finding, const std::string& fault);
terminal::Exit exit_of(const Finding& finding);

}  // namespace noroshi::subscribers
