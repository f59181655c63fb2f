// Runs a program to its end, as a shell would.
#pragma once

#include <string>
#include <vector>

namespace noroshi::testing {

struct Ran {
  int exit_code;  // 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

// `input` is its stdin. The environment is ours with LC_ALL=C and without NOROSHI_…, and with
// `variables` ("NAME=value") on top.
Ran run_program(const std::vector<std::string>& arguments, const std::string& input = "",
                const std::vector<std::string>& variables = {});

}  // namespace noroshi::testing
