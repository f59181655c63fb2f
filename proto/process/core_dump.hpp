// What of this process may lie on a disk after a crash: nothing of its memory, which holds keys.
#pragma once

namespace noroshi::process {

// No core file by the kernel, and none of the memory for a program that takes cores instead
// (core(5), /proc/PID/coredump_filter). False when the system would not have it. What this process
// starts inherits both.
bool leave_no_core();

}  // namespace noroshi::process
