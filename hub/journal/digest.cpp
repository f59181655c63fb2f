#include "hub/journal/digest.hpp"

#include <cassert>

namespace noroshi::journal {

// A segment that matches its hash was written by this program, so that it can be read is certain.
Sequence Digest::restore(Judge& judge, const LeafOf& leaf_of) {
  while (const auto segment = file_.next()) {
    if (leaf_of(segment->through) != segment->last_leaf) break;
    const bool read =
        for_each_reduced(segment->reduced, [&](const v1::Entry& entry) { judge.apply(entry); });
    assert(read);
    (void)read;
    file_.keep(*segment);
  }
  return file_.through();
}

void Digest::add(const v1::Entry& entry, const Hash& leaf) {
  if (!writing_) return;
  reduction_.add(entry);
  last_leaf_ = leaf;
}

void Digest::write(std::size_t entries_min) {
  if (!writing_ || reduction_.entries() < entries_min) return;
  Segment segment{file_.through(), reduction_.through(), last_leaf_, {}};
  segment.reduced = reduction_.take();
  writing_ = file_.append(segment);
}

}  // namespace noroshi::journal
