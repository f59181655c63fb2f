// Which language people are spoken to in: the programs' own choice, under the hub's name.
#pragma once

#include "proto/terminal/language.hpp"

namespace noroshi::config {

using terminal::Language;
using terminal::language_of;

}  // namespace noroshi::config
