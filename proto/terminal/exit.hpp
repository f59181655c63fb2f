// How our programs end: the exit codes of ops/docs/contract.md, "Programs".
#pragma once

#include "proto/result.hpp"

namespace noroshi::terminal {

enum class Exit {
  ok = 0,
  failed = 1,
  usage = 2,
  configuration = 3,
  refused = 4,
  not_found = 5,
  conflict = 6,
  unconfirmed = 7,  // accepted, but delivery not confirmed in time
  interrupted = 130
};

// What an error ends a program with. Input that is invalid is refused: what is wrong on the command
// line itself is for the one who reads it to call usage.
Exit exit_of(ErrorCode code);

}  // namespace noroshi::terminal
