// What every fallible function of noroshi answers with.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace noroshi {

// Sorted by what the caller does next, not by where it went wrong; `detail` says where.
enum class ErrorCode {
  invalid,        // the input is wrong: tell whoever made it, do not retry
  configuration,  // the installation is wrong: tell the operator (exit 3)
  refused,        // understood and not allowed (exit 4)
  not_found,      // (exit 5)
  conflict,       // contradicts what is already there (exit 6)
  protocol,       // the peer broke the protocol: close, report
  unavailable,    // try again later
  closed,         // the peer or the store has ended: reconnect or stop
  io              // the machine failed: stop, never carry on
};

struct Error {
  ErrorCode code;
  std::string detail;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string detail) {
  return tl::unexpected<Error>(Error{code, std::move(detail)});
}

}  // namespace noroshi
