#include "subscribers/subscribe/command.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "subscribers/client/facts.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds grace{2'000};  // between asking a slow program to end and ending it

// Bytes in memory that a program can read as its stdin, at its own speed.
class Input {
 public:
  explicit Input(std::string_view bytes) : descriptor_(::memfd_create("alert", MFD_CLOEXEC)) {
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

std::vector<std::string> environment_with(const Item& item) {
  std::vector<std::string> all;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry(*at);
    if (!entry.starts_with("NOROSHI_")) all.emplace_back(entry);
  }
  for (const auto& [name, value] : variables(item)) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// 0, or why the program could not be started.
int spawn(std::vector<std::string> arguments, std::vector<std::string> environment, int input,
          pid_t& child) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_init(&actions);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigset_t unblocked;
  sigemptyset(&unblocked);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &unblocked);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  const auto argv = pointers(arguments);
  const auto envp = pointers(environment);
  const int error =
      ::posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

enum class Waited { ended, still_running };

Waited wait_for_end(pid_t child, milliseconds limit) {
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) return Waited::ended;  // no way to watch it: waitpid blocks
  const auto deadline = steady_clock::now() + limit;
  int ready = 0;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    pollfd watched{handle, POLLIN, 0};
    ready = ::poll(&watched, 1, static_cast<int>(std::max<milliseconds::rep>(left.count(), 0)));
    if (ready >= 0 || errno != EINTR) break;
  }
  ::close(handle);
  return ready == 0 ? Waited::still_running : Waited::ended;
}

int reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

void end_group(pid_t child) {
  ::kill(-child, SIGTERM);
  wait_for_end(child, grace);
  ::kill(-child, SIGKILL);
  reap(child);
}

}  // namespace

Command::Command(Settings settings, std::stop_token stop, Watcher& watcher)
    : settings_(std::move(settings)), stop_(std::move(stop)), watcher_(watcher) {}

Result<void> Command::begin(const pb::Welcome&) { return {}; }

Result<void> Command::settle(const Position&) { return {}; }

Result<void> Command::take(const Item& item) {
  if (!std::holds_alternative<pb::Delivery>(item.content)) {
    watcher_.on_passed_over(item);
    return {};
  }
  for (auto step = settings_.retry_first;; step = std::min(step * 2, settings_.retry_most)) {
    const auto ended = run(item);
    if (ended.kind == Run::Kind::exited && ended.number == 0) return {};
    watcher_.on_failed_run(item, ended, step);
    if (!wait(step)) return failure(ErrorCode::closed, "stopped before the command had succeeded");
  }
}

Run Command::run(const Item& item) const {
  const Input input(std::get<pb::Delivery>(item.content).cap_xml());
  if (!input.good()) return {Run::Kind::not_started, errno};
  pid_t child = 0;
  const int error = spawn(settings_.arguments, environment_with(item), input.descriptor(), child);
  if (error != 0) return {Run::Kind::not_started, error};
  if (wait_for_end(child, settings_.limit) == Waited::still_running) {
    end_group(child);
    return {Run::Kind::too_slow, 0};
  }
  const int status = reap(child);
  if (WIFSIGNALED(status)) return {Run::Kind::killed, WTERMSIG(status)};
  return {Run::Kind::exited, WEXITSTATUS(status)};
}

bool Command::wait(milliseconds duration) {
  std::unique_lock lock(mutex_);
  waiting_.wait_for(lock, stop_, duration, [] { return false; });
  return !stop_.stop_requested();
}

}  // namespace noroshi::subscribers
