#include "tests/bench/measure.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>

namespace noroshi::bench {
namespace {

double cpu_seconds_of(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

double seconds_between(Time from, Time to) {
  return std::chrono::duration<double>(to - from).count();
}

double milliseconds_between(Time from, Time to) { return seconds_between(from, to) * 1e3; }

double cpu_seconds(pid_t process) {
  clockid_t clock{};
  if (process <= 0 || clock_getcpuclockid(process, &clock) != 0) return 0;
  return cpu_seconds_of(clock);
}

double own_cpu_seconds() { return cpu_seconds_of(CLOCK_PROCESS_CPUTIME_ID); }

double resident_kib(pid_t process) {
  constexpr std::string_view name = "VmRSS:";
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr);
  return 0;
}

MachineTime machine_time() {
  std::ifstream stat("/proc/stat");
  std::string label;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0, stolen = 0;
  if (!(stat >> label >> user >> nice >> system >> idle >> waiting >> hard >> soft >> stolen))
    return {};
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  return {(user + nice + system + hard + soft) / ticks, stolen / ticks};
}

double percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(std::lround(percent / 100 * last))];
}

void give_up(const std::string& why) {
  std::cerr << "noroshi-bench: " << why << std::endl;
  std::_Exit(1);
}

void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace noroshi::bench
