// Runs another program to its end: without a shell, with bytes to read, and not for longer than
// it may take.
//
// Threading  any; run() blocks until the program is over, and reaps it.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::process {

struct Program {
  std::vector<std::string> arguments;    // the program first, found by PATH when it has no slash
  std::vector<std::string> environment;  // NAME=value, and nothing else
  std::string_view input;                // its stdin, at its own speed
  std::chrono::milliseconds limit;       // then its process group is ended: TERM, and soon KILL
  // What it prints goes where ours does, or nowhere.
  enum class Output { ours, nowhere } output = Output::ours;
};

struct Ending {
  // `stopped`: we were, and ended it.
  enum class Kind { exited, not_started, too_slow, killed, stopped };
  Kind kind = Kind::exited;
  int number = 0;  // exit code, errno or signal
  [[nodiscard]] bool good() const { return kind == Kind::exited && number == 0; }
};

// It inherits no descriptor but the first three, no blocked signals, and leads a group of its own.
Ending run(const Program& program, const std::stop_token& stop = {});

}  // namespace noroshi::process
