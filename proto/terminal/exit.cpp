#include "proto/terminal/exit.hpp"

namespace noroshi::terminal {

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::configuration:
      return Exit::configuration;
    case ErrorCode::refused:
    case ErrorCode::invalid:
      return Exit::refused;
    case ErrorCode::not_found:
      return Exit::not_found;
    case ErrorCode::conflict:
      return Exit::conflict;
    default:
      return Exit::failed;
  }
}

}  // namespace noroshi::terminal
