// Segments of a reduced log in a file beside the log. Whatever is doubtful there counts as absent.
//
// Threading  belongs to the owner of the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "hub/journal/entry.hpp"

namespace noroshi::journal {

// The entries in (after, through], reduced.
struct Segment {
  Sequence after = 0;
  Sequence through = 0;
  Hash last_leaf{};  // leaf_hash of the entry `through`
  std::string reduced;
};

class DigestFile {
 public:
  // Of the log with this epoch. `file` need not exist, and is only touched by append().
  DigestFile(std::filesystem::path file, std::uint64_t epoch);
  ~DigestFile();
  DigestFile(const DigestFile&) = delete;
  DigestFile& operator=(const DigestFile&) = delete;

  // The segment behind those kept, if one lies there whole, undamaged, of this version and this
  // log, and goes on where they end.
  std::optional<Segment> next();
  // What next() has given counts from now on.
  void keep(const Segment& segment);
  // Where the segments kept and appended end.
  [[nodiscard]] Sequence through() const { return through_; }

  // Behind those kept; what lay there is dropped. On disk when it returns. False when it could not
  // be written: then nothing is written any more, and what was kept stays.
  bool append(const Segment& segment);

 private:
  bool open();

  const std::filesystem::path file_;
  const std::uint64_t epoch_;
  int descriptor_ = -1;
  bool writable_ = true;
  std::size_t end_ = 0;  // of the segments kept, in bytes
  Sequence through_ = 0;
};

}  // namespace noroshi::journal
