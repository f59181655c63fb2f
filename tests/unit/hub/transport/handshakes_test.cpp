#include "hub/transport/handshakes.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <charconv>
#include <filesystem>
#include <set>
#include <string>
#include <thread>

namespace noroshi::transport {
namespace {

std::set<int> threads_of_this_process() {
  std::set<int> threads;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
    const auto name = entry.path().filename().string();
    int number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    threads.insert(number);
  }
  return threads;
}

int niceness_of(int thread) { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(thread)); }

// A hub that is started before or after everything else on its machine still performs handshakes,
// and still performs them after its alerts: a niceness of its own would starve them in the first
// case and put them first in the second.
TEST(Handshakes, GoAfterTheRestOfTheProcessByAFixedStep) {
  // Thread sanitizer starts a thread of its own beside the first one of a process.
  std::thread([] {}).join();
  constexpr int of_the_process = 7;
  ASSERT_EQ(::setpriority(PRIO_PROCESS, 0, of_the_process), 0);
  const auto before = threads_of_this_process();
  boost::asio::io_context front;
  Handshakes handshakes(front);
  std::set<int> ours;
  for (const int thread : threads_of_this_process())
    if (!before.contains(thread)) ours.insert(thread);
  ASSERT_EQ(ours.size(), 1u);
  int seen = of_the_process;
  for (int i = 0; i < 100'000 && seen == of_the_process; ++i) {
    std::this_thread::yield();
    seen = niceness_of(*ours.begin());
  }
  EXPECT_EQ(seen, of_the_process + 5);
}

}  // namespace
}  // namespace noroshi::transport
