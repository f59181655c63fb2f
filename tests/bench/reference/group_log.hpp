// The reference's log: a thread that writes what was given to it since the last time, syncs once,
// and says how far it is. Group commit without a timer and without a database.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace noroshi::bench {

// Threading  write(), durable() and descriptor() belong to one thread, the log's own is inside.
class GroupLog {
 public:
  explicit GroupLog(const std::string& file);
  ~GroupLog();
  GroupLog(const GroupLog&) = delete;
  GroupLog& operator=(const GroupLog&) = delete;

  void write(std::string_view record);
  // Readable when durable() has grown; durable() empties it.
  [[nodiscard]] int descriptor() const { return grown_; }
  // How many records are on stable storage.
  std::uint64_t durable();

 private:
  void work();
  void write_all(std::string_view bytes) const;

  int file_ = -1;
  int grown_ = -1;
  std::atomic<std::uint64_t> durable_{0};
  std::mutex mutex_;
  std::condition_variable given_;
  std::string waiting_;
  std::uint64_t given_count_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace noroshi::bench
