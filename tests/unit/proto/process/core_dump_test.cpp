#include "proto/process/core_dump.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace noroshi::process {
namespace {

int exit_code_of_child(int (*body)()) {
  const auto child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(CoreDump, HasNothingOfTheMemoryAfterwards) {
  EXPECT_EQ(exit_code_of_child([] {
              if (!leave_no_core()) return 1;
              rlimit limit{1, 1};
              if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0) return 2;
              std::string filter;
              std::ifstream("/proc/self/coredump_filter") >> filter;
              return filter == "00000000" ? 0 : 3;
            }),
            0);
}

}  // namespace
}  // namespace noroshi::process
