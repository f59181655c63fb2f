// A forked child that works in step with the test, over two pipes.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

namespace noroshi::journal {

// The child begins when told to, may pause once in the middle, and ends with its body's result.
// Fork before anything is opened: SQLite's locks belong to the process that took them.
class ChildProcess {
 public:
  // `pause` tells the test that the child waits, and returns once it is told to go on.
  using Body = std::function<int(const std::function<void()>& pause)>;

  explicit ChildProcess(const Body& body) {
    if (::pipe(to_child_) != 0 || ::pipe(to_test_) != 0) std::abort();
    process_ = ::fork();
    if (process_ < 0) std::abort();
    if (process_ != 0) {
      ::close(to_child_[0]);
      ::close(to_test_[1]);
      return;
    }
    ::close(to_child_[1]);
    ::close(to_test_[0]);
    take(to_child_[0]);
    ::_exit(body([this] {
      give(to_test_[1]);
      take(to_child_[0]);
    }));
  }
  ~ChildProcess() {
    ::close(to_child_[1]);
    ::close(to_test_[0]);
    if (!ended_) ::waitpid(process_, nullptr, 0);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void go_on() { give(to_child_[1]); }
  void wait_for_pause() { take(to_test_[0]); }
  // The exit status, -1 when it died.
  int wait_for_end() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    ended_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static void give(int descriptor) {
    if (::write(descriptor, "+", 1) != 1) std::abort();
  }
  static void take(int descriptor) {
    char byte = 0;
    // The end of the pipe means that the other side is gone: no reason to wait for it.
    if (::read(descriptor, &byte, 1) < 0) std::abort();
  }

  int to_child_[2] = {-1, -1};
  int to_test_[2] = {-1, -1};
  pid_t process_ = -1;
  bool ended_ = false;
};

}  // namespace noroshi::journal
