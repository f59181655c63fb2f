// What this process takes of the machine.
#pragma once

#include <cstdint>

namespace noroshi::api {

struct ProcessGauges {
  std::uint64_t resident_bytes = 0;
  std::uint64_t descriptors = 0;
  std::uint64_t descriptors_max = 0;
};

// As the kernel tells it now; reads /proc, some milliseconds with ten thousand descriptors.
ProcessGauges process_gauges();

}  // namespace noroshi::api
