// SQLite on a SimDisk: while one of these lives, every database this process opens lies on `disk`.
//
// No shared memory and no locks: a journal is its file's only user, in exclusive mode.
#pragma once

#include <memory>

#include "tests/faults/powercut/sim_disk.hpp"

struct sqlite3_vfs;

namespace noroshi::faults {

class SimVfs {
 public:
  explicit SimVfs(SimDisk& disk);
  ~SimVfs();
  SimVfs(const SimVfs&) = delete;
  SimVfs& operator=(const SimVfs&) = delete;

 private:
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace noroshi::faults
