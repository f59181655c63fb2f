#include "proto/process/core_dump.hpp"

#include <sys/resource.h>

#include <fstream>

namespace noroshi::process {

bool leave_no_core() {
  const rlimit none{0, 0};
  const bool limited = ::setrlimit(RLIMIT_CORE, &none) == 0;
  std::ofstream filter("/proc/self/coredump_filter");
  filter << "0x0\n" << std::flush;
  return limited && filter.good();
}

}  // namespace noroshi::process
