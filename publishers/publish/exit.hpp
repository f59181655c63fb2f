// What noroshi-publish ends with.
#pragma once

#include "proto/terminal/exit.hpp"
#include "publishers/client/failure.hpp"

namespace noroshi::publishers {

using terminal::Exit;
using terminal::exit_of;

Exit exit_of(const Failure& failure);

}  // namespace noroshi::publishers
