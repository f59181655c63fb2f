// The hub's own journal on a SimDisk: a life of it, and whether what is there afterwards is right.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/journal/journal.hpp"
#include "tests/faults/powercut/sim_disk.hpp"
#include "tests/faults/powercut/sim_vfs.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::faults {

class SimJournal {
 public:
  // A fresh log with entry 1 only.
  SimJournal();

  // The same again.
  void begin_again();

  // Opens the log. Nothing when the disk refuses.
  bool open(journal::SqliteOptions options = {});
  // Of the last open() that failed.
  [[nodiscard]] const std::string& why_not() const { return why_not_; }
  void close() { journal_.reset(); }

  // One group of 1 to 5 alerts, one in four refused with an entry. False when it was not
  // acknowledged. What was is what judged() asks for.
  bool append(Random& random);
  bool rest();

  // Empty when what is open holds all that was acknowledged or served, identical and in order, of
  // the group that was not acknowledged all or nothing, and the tree over it. From then on what is
  // there was served. Otherwise what is wrong.
  std::string judged();

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::string file() const { return directory_.file().string(); }
  [[nodiscard]] journal::Journal& journal() { return *journal_; }

  SimDisk disk;

 private:
  std::string entries_wrong();
  std::string tree_wrong();

  journal::ScratchDirectory directory_;
  std::string fresh_;  // the file as it was created
  std::optional<SimVfs> vfs_;
  std::unique_ptr<journal::RecordingJudge> judge_;
  std::unique_ptr<journal::Journal> journal_;
  std::vector<std::string> known_;  // entries that must or, after `acknowledged_`, may be there
  std::size_t acknowledged_ = 0;
  std::uint64_t alerts_ = 0;
  std::string why_not_;
};

// NOROSHI_SEED, or a new one; printed.
std::uint64_t seed_of_run();
// `count`, a tenth of it under a sanitizer, twenty times with NOROSHI_LONG=1.
std::size_t rounds(std::size_t count);

}  // namespace noroshi::faults
