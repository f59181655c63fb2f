#include "proto/terminal/exit.hpp"

#include <gtest/gtest.h>

namespace noroshi::terminal {
namespace {

TEST(Exit, HasTheNumbersOfTheContract) {
  const std::pair<Exit, int> cases[] = {
      {Exit::ok, 0},
      {Exit::failed, 1},
      {Exit::usage, 2},
      {Exit::configuration, 3},
      {Exit::refused, 4},
      {Exit::not_found, 5},
      {Exit::conflict, 6},
      {Exit::unconfirmed, 7},
      {Exit::interrupted, 130},
  };
  for (const auto& [exit, number] : cases) EXPECT_EQ(static_cast<int>(exit), number);
}

TEST(Exit, SaysWhatTheCallerDoesNext) {
  const std::pair<ErrorCode, Exit> cases[] = {
      {ErrorCode::invalid, Exit::refused},    {ErrorCode::configuration, Exit::configuration},
      {ErrorCode::refused, Exit::refused},    {ErrorCode::not_found, Exit::not_found},
      {ErrorCode::conflict, Exit::conflict},  {ErrorCode::protocol, Exit::failed},
      {ErrorCode::unavailable, Exit::failed}, {ErrorCode::closed, Exit::failed},
      {ErrorCode::io, Exit::failed},
  };
  for (const auto& [code, exit] : cases) EXPECT_EQ(exit_of(code), exit);
}

}  // namespace
}  // namespace noroshi::terminal
