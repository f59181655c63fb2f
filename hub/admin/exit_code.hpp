// The exit codes of the contract.
#pragma once

#include "proto/result.hpp"

namespace noroshi::admin {

namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 2;
inline constexpr int configuration = 3;
inline constexpr int refused = 4;
inline constexpr int not_found = 5;
inline constexpr int conflict = 6;
}  // namespace exit_code

constexpr int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return exit_code::usage;
    case ErrorCode::configuration:
      return exit_code::configuration;
    case ErrorCode::refused:
      return exit_code::refused;
    case ErrorCode::not_found:
      return exit_code::not_found;
    case ErrorCode::conflict:
      return exit_code::conflict;
    default:
      return exit_code::failed;
  }
}

}  // namespace noroshi::admin
