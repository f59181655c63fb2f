// What the machine says of time, CPU and memory. Linux only.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace noroshi::bench {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

double seconds_between(Time from, Time to);
double milliseconds_between(Time from, Time to);

// User and system time of all threads of a process, and of this one; 0 for a process that is gone.
double cpu_seconds(pid_t process);
double own_cpu_seconds();
// Resident memory in KiB; 0 for a process that is gone.
double resident_kib(pid_t process);

// Of the whole machine since it started, in CPU seconds: `busy` by any process, `stolen` by the
// hypervisor.
struct MachineTime {
  double busy = 0;
  double stolen = 0;
};
MachineTime machine_time();

// `percent` 0 to 100 of `values` in any order; 0 when there are none.
double percentile(std::vector<double> values, double percent);

// A run that cannot go on is worth no figure: says why on stderr and ends the process with 1.
[[noreturn]] void give_up(const std::string& why);

// Lets this process open as many descriptors as it may.
void raise_descriptor_limit();

}  // namespace noroshi::bench
