#include "hub/api/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace noroshi::api {

ProcessGauges process_gauges() {
  ProcessGauges gauges;
  std::uint64_t size_pages = 0;
  std::uint64_t resident_pages = 0;
  std::ifstream("/proc/self/statm") >> size_pages >> resident_pages;
  gauges.resident_bytes = resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  std::error_code failed;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", failed), end;
       !failed && entry != end; entry.increment(failed))
    ++gauges.descriptors;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) gauges.descriptors_max = limit.rlim_cur;
  return gauges;
}

}  // namespace noroshi::api
