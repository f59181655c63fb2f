// Older alerts, read from the journal by range for the subscribers that are behind the ring. A
// range is read once and shared by every cursor inside it.
//
// Bounds     32 ranges of at most 256 entries or 4 MB are kept, and each alert in the forms it was
//            asked for; the least used goes. 8 reads are under way at most, and whoever finds no
//            place asks again within a second.
// Threading  belongs to its shard; the journal's answer is posted to `context`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <list>
#include <set>
#include <vector>

#include "hub/delivery/ring.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::delivery {

class CatchUp {
 public:
  struct Range {
    Sequence after;
    Sequence through;
    std::vector<Slot> alerts;  // ascending, all in (after, through]
  };

  // Called on the shard's thread whenever the range (after, through] has been added.
  using Arrived = std::function<void(Sequence after, Sequence through)>;
  CatchUp(boost::asio::io_context& context, journal::JournalThread& journal, Arrived arrived);

  // The range that goes on from `position`; null when it has to be read first: `arrived` follows.
  // The pointer lives until the next call of the loop.
  [[nodiscard]] Range* from(Sequence position);
  // The alert, when one of the ranges kept has it.
  [[nodiscard]] Slot* find(Sequence sequence);

 private:
  void request(Sequence after);
  void add(Sequence after, const std::vector<journal::StoredPtr>& entries);

  boost::asio::io_context& context_;
  journal::JournalThread& journal_;
  Arrived arrived_;
  std::list<Range> ranges_;  // most recently used first
  std::set<Sequence> requested_;
};

}  // namespace noroshi::delivery
