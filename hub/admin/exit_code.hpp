// The exit codes of the admin verbs, where an invalid value on the command line is a usage error.
#pragma once

#include "proto/result.hpp"
#include "proto/terminal/exit.hpp"

namespace noroshi::admin {

namespace exit_code {
inline constexpr int ok = static_cast<int>(terminal::Exit::ok);
inline constexpr int failed = static_cast<int>(terminal::Exit::failed);
inline constexpr int usage = static_cast<int>(terminal::Exit::usage);
inline constexpr int configuration = static_cast<int>(terminal::Exit::configuration);
inline constexpr int refused = static_cast<int>(terminal::Exit::refused);
inline constexpr int not_found = static_cast<int>(terminal::Exit::not_found);
inline constexpr int conflict = static_cast<int>(terminal::Exit::conflict);
inline constexpr int unconfirmed = static_cast<int>(terminal::Exit::unconfirmed);
}  // namespace exit_code

inline int exit_code_of(ErrorCode code) {
  return code == ErrorCode::invalid ? exit_code::usage : static_cast<int>(terminal::exit_of(code));
}

}  // namespace noroshi::admin
