// A disk in memory that knows what was synced and what was only written, and what a power cut
// leaves of the latter.
//
// Model  a sector of 512 bytes is written or not; sectors written since the last sync reach the
// disk
//        in any order and choice; so do changes of a file's size. A new file's name is safe with
//        its first sync (as SQLite's own VFS does it), a removed one may come back.
// Threading  none inside.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace noroshi::faults {

using Random = std::mt19937_64;

enum class Operation { open, read, write, truncate, sync, size, remove, exists };

struct Change {
  std::size_t at = 0;
  std::string bytes;
  bool truncates = false;
};

struct SimFile {
  std::string seen;     // what a reader gets
  std::string durable;  // what is certain to be there after a cut
  std::vector<Change> unsynced;
  bool name_is_durable = false;
};

class SimDisk {
 public:
  // Asked before each operation: 0 lets it be done, any other SQLite code is what it fails with. A
  // failing write has written its first half.
  std::function<int(Operation)> before = nullptr;
  // What a failed sync has not written is never written by a later one (as on Linux).
  bool failed_sync_forgets = false;
  // Says that it syncs, and does not: for the positive control.
  bool ignores_sync = false;

  // Puts `bytes` there, synced.
  void put(const std::string& name, std::string bytes);
  // As if it had never been there.
  void forget(const std::string& name);
  // Empty when there is none.
  [[nodiscard]] std::string bytes_of(const std::string& name) const;

  // From now on every operation fails and nothing changes.
  void power_off() { powered_ = false; }
  // What the cut has left; power is back. `random` null: nothing that was not synced.
  void power_on(Random* random);
  [[nodiscard]] bool powered() const { return powered_; }

  // SQLite result codes.
  int open(const std::string& name, bool create, std::shared_ptr<SimFile>& file);
  int read(const SimFile& file, std::size_t at, char* into, std::size_t bytes);
  int write(SimFile& file, std::size_t at, std::string_view bytes);
  int truncate(SimFile& file, std::size_t bytes);
  int sync(SimFile& file);
  int size(const SimFile& file, std::size_t& bytes);
  int remove(const std::string& name);
  int exists(const std::string& name, bool& there);

 private:
  int ask(Operation operation);

  std::map<std::string, std::shared_ptr<SimFile>> files_;
  std::map<std::string, std::shared_ptr<SimFile>> removed_;  // and durable under that name
  bool powered_ = true;
};

}  // namespace noroshi::faults
