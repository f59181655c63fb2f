// The exit codes of ops/docs/contract.md, "Programs", that noroshi-publish uses.
#pragma once

#include "proto/result.hpp"
#include "publishers/client/failure.hpp"

namespace noroshi::publishers {

enum class Exit {
  ok = 0,
  failed = 1,
  usage = 2,
  configuration = 3,
  refused = 4,
  not_found = 5,
  conflict = 6,
  unconfirmed = 7,
  interrupted = 130
};

Exit exit_of(ErrorCode code);
Exit exit_of(const Failure& failure);

}  // namespace noroshi::publishers
