// A short cut for starts: the log reduced to what folds need (reduction.hpp), kept beside it and
// extended as it grows, so that a start reads that and the log's last entries only.
//
// Never an authority: whatever does not fit the log is dropped, and the log is read instead.
// Threading  belongs to the owner of the log.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>

#include "hub/journal/digest_file.hpp"
#include "hub/journal/judge.hpp"
#include "hub/journal/reduction.hpp"

namespace noroshi::journal {

class Digest {
 public:
  Digest(const std::filesystem::path& file, std::uint64_t epoch) : file_(file, epoch) {}

  // The leaf hash the log has at a sequence; nothing when it has no such entry.
  using LeafOf = std::function<std::optional<Hash>(Sequence)>;
  // Applies what the digest knows of the log; the log's entries follow after the sequence returned.
  Sequence restore(Judge& judge, const LeafOf& leaf_of);

  // Every entry after that, in order.
  void add(const v1::Entry& entry, const Hash& leaf);
  // Writes down what was added, if that is at least `entries_min` entries.
  void write(std::size_t entries_min);

 private:
  DigestFile file_;
  Reduction reduction_;
  Hash last_leaf_{};
  bool writing_ = true;
};

}  // namespace noroshi::journal
