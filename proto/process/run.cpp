#include "proto/process/run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace noroshi::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds grace{2'000};  // between asking a slow program to end and ending it
constexpr milliseconds stop_asked_each{100};
constexpr int first_closed = STDERR_FILENO + 1;

// Bytes in memory that a program can read as its stdin.
class Input {
 public:
  explicit Input(std::string_view bytes) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    good_ = descriptor_ >= 0 && ::lseek(descriptor_, 0, SEEK_SET) == 0;
  }
  ~Input() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool good() const { return good_; }

 private:
  int descriptor_;
  bool good_ = false;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

class Spawning {
 public:
  Spawning() {
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_init(&actions_);
  }
  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  // 0, or why the program could not be started.
  int start(const Program& program, int input, pid_t& child) {
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigset_t unblocked;
    sigemptyset(&unblocked);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setsigmask(&attributes_, &unblocked);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    if (program.output == Program::Output::nowhere)
      for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, first_closed);
    auto arguments = program.arguments;
    auto environment = program.environment;
    const auto argv = pointers(arguments);
    const auto envp = pointers(environment);
    return ::posix_spawnp(&child, argv[0], &actions_, &attributes_, argv.data(), envp.data());
  }

 private:
  posix_spawnattr_t attributes_;
  posix_spawn_file_actions_t actions_;
};

enum class Waited { ended, too_long, stopped };

Waited wait_for_end(pid_t child, milliseconds limit, const std::stop_token& stop) {
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) return Waited::ended;  // no way to watch it: waitpid blocks
  const auto deadline = steady_clock::now() + limit;
  auto waited = Waited::too_long;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const auto most = stop.stop_possible() ? stop_asked_each : std::max(left, milliseconds(0));
    const auto turn = std::clamp(left, milliseconds(0), most);
    pollfd watched{handle, POLLIN, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(turn.count()));
    if (ready > 0) waited = Waited::ended;
    if (ready > 0 || left.count() <= 0) break;
    if (stop.stop_requested()) {
      waited = Waited::stopped;
      break;
    }
  }
  ::close(handle);
  return waited;
}

int reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

void end_group(pid_t child) {
  ::kill(-child, SIGTERM);
  wait_for_end(child, grace, {});
  ::kill(-child, SIGKILL);
  reap(child);
}

}  // namespace

Ending run(const Program& program, const std::stop_token& stop) {
  const Input input(program.input);
  if (!input.good()) return {Ending::Kind::not_started, errno};
  pid_t child = 0;
  const int error = Spawning().start(program, input.descriptor(), child);
  if (error != 0) return {Ending::Kind::not_started, error};
  const auto waited = wait_for_end(child, program.limit, stop);
  if (waited != Waited::ended) {
    end_group(child);
    return {waited == Waited::stopped ? Ending::Kind::stopped : Ending::Kind::too_slow, 0};
  }
  const int status = reap(child);
  if (WIFSIGNALED(status)) return {Ending::Kind::killed, WTERMSIG(status)};
  return {Ending::Kind::exited, WEXITSTATUS(status)};
}

}  // namespace noroshi::process
