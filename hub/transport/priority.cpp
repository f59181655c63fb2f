#include "hub/transport/priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace noroshi::transport {

void yield_to_alerts() {
  constexpr int nicer_by = 5;
  const auto thread = static_cast<id_t>(::gettid());
  ::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, thread) + nicer_by);
}

}  // namespace noroshi::transport
