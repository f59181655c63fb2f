#include "publishers/publish/exit.hpp"

namespace noroshi::publishers {

Exit exit_of(const Failure& failure) {
  if (failure.kind != Failure::Kind::problem) return Exit::failed;
  // A person said no, or there was none to ask: not that something else came first.
  if (failure.problem.code == "confirm.required") return Exit::refused;
  switch (failure.problem.status) {
    case 404:
      return Exit::not_found;
    case 409:
      return Exit::conflict;
    default:
      // 429 and 503 say nothing about the alert, nor does a fault of the hub.
      return failure.problem.status < 500 && failure.problem.status != 429 ? Exit::refused
                                                                           : Exit::failed;
  }
}

}  // namespace noroshi::publishers
