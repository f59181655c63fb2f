#include "tests/bench/reference/group_log.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "tests/bench/measure.hpp"

namespace noroshi::bench {

GroupLog::GroupLog(const std::string& file)
    : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
      grown_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (file_ < 0) give_up("cannot write " + file);
  thread_ = std::thread([this] { work(); });
}

GroupLog::~GroupLog() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  given_.notify_one();
  thread_.join();
  ::close(file_);
  ::close(grown_);
}

void GroupLog::write(std::string_view record) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ += record;
    ++given_count_;
  }
  given_.notify_one();
}

std::uint64_t GroupLog::durable() {
  std::uint64_t times = 0;
  [[maybe_unused]] const auto emptied = ::read(grown_, &times, sizeof times);
  return durable_.load();
}

void GroupLog::work() {
  std::string writing;
  while (true) {
    std::uint64_t count = 0;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      writing.clear();
      writing.swap(waiting_);
      count = given_count_;
    }
    write_all(writing);
    if (fdatasync(file_) != 0) give_up("fdatasync failed");
    durable_.store(count);
    const std::uint64_t once = 1;
    if (::write(grown_, &once, sizeof once) != sizeof once) give_up("eventfd failed");
  }
}

void GroupLog::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto written = ::write(file_, bytes.data(), bytes.size());
    if (written <= 0) give_up("the log cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace noroshi::bench
