// Text from outside, made safe to print: what the verbs print goes through proto/terminal.
#pragma once

#include "proto/terminal/printable.hpp"

namespace noroshi::admin {

using terminal::is_printable;
using terminal::printable;

}  // namespace noroshi::admin
