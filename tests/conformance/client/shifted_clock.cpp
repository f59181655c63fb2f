// Preloaded into a hub: its wall clock goes as far wrong as a file says, in milliseconds, eight
// bytes of this machine's order. The steady clock stays what it is.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

const volatile std::int64_t* shift_of_file() {
  const char* name = std::getenv("NOROSHI_TEST_CLOCK_SHIFT");
  const int file = name == nullptr ? -1 : ::open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* mapped = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  return mapped == MAP_FAILED ? nullptr : static_cast<const volatile std::int64_t*>(mapped);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* told) noexcept {
  static const auto* const shift = shift_of_file();
  const auto answer = ::syscall(SYS_clock_gettime, clock, told);
  if (answer == 0 && clock == CLOCK_REALTIME && shift != nullptr) told->tv_sec += *shift / 1000;
  return static_cast<int>(answer);
}
