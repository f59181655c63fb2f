// An alert as a CAP 1.2 document.
#pragma once

#include <string>

#include "proto/cap/document.hpp"

namespace noroshi::cap {

// UTF-8, one element a line. What validate() reads from it equals `alert`, as long as the alert can
// be said in XML: characters that XML cannot carry become U+FFFD, and times, numbers, language and
// URIs lose the white space around them. It is no judge: an alert that breaks rules is written so.
std::string write(const Alert& alert);

}  // namespace noroshi::cap
