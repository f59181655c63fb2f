#include "hub/delivery/catch_up.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::delivery {
namespace {

constexpr std::size_t ranges_max = 32;
constexpr std::size_t reads_max = 8;
constexpr Sequence range_entries = 256;

}  // namespace

CatchUp::CatchUp(boost::asio::io_context& context, journal::JournalThread& journal, Arrived arrived)
    : context_(context), journal_(journal), arrived_(std::move(arrived)) {}

CatchUp::Range* CatchUp::from(Sequence position) {
  const auto found = std::find_if(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return range.after <= position && position < range.through;
  });
  if (found != ranges_.end()) {
    ranges_.splice(ranges_.begin(), ranges_, found);
    return &ranges_.front();
  }
  // Aligned, so that cursors near each other share the range; if the bound on bytes cut a range
  // short before `position`, the next one begins exactly there.
  const Sequence aligned = position - position % range_entries;
  const bool cut_short = std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return range.after == aligned && range.through <= position;
  });
  request(cut_short ? position : aligned);
  return nullptr;
}

Slot* CatchUp::find(Sequence sequence) {
  for (auto& range : ranges_) {
    if (sequence <= range.after || sequence > range.through) continue;
    for (auto& slot : range.alerts)
      if (slot.sequence() == sequence) return &slot;
  }
  return nullptr;
}

void CatchUp::request(Sequence after) {
  if (requested_.size() >= reads_max || !requested_.insert(after).second) return;
  const auto submitted =
      journal_.read(after, {range_entries, 4u << 20},
                    [this, after](Result<std::vector<journal::StoredPtr>> entries) {
                      boost::asio::post(context_, [this, after, read = std::move(entries)] {
                        requested_.erase(after);
                        if (!read.has_value() || read->empty()) return;
                        add(after, *read);
                        arrived_(after, read->back()->sequence);
                      });
                    });
  if (!submitted) requested_.erase(after);  // queue full: asked again at the next tick
}

void CatchUp::add(Sequence after, const std::vector<journal::StoredPtr>& entries) {
  Range range{after, entries.back()->sequence, {}};
  for (const auto& stored : entries)
    if (stored->entry.body().has_alert_accepted()) range.alerts.push_back(Slot{stored});
  std::erase_if(ranges_, [&](const Range& old) { return old.after == after; });
  ranges_.push_front(std::move(range));
  if (ranges_.size() > ranges_max) ranges_.pop_back();
}

}  // namespace noroshi::delivery
