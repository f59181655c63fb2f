#include "hub/delivery/ring.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace noroshi::delivery {

void Ring::push(journal::StoredPtr stored) {
  assert(stored->sequence > base_);
  bytes_ += cost(*stored);
  slots_.push_back({std::move(stored), {}, {}});
  while (bytes_ > bytes_max_ && slots_.size() > 1) {
    bytes_ -= cost(*slots_.front().stored);
    base_ = slots_.front().sequence();
    slots_.pop_front();
    ++forgotten_;
  }
}

Ring::Place Ring::after(Sequence position) const {
  assert(position >= base_);
  const auto found =
      std::upper_bound(slots_.begin(), slots_.end(), position,
                       [](Sequence wanted, const Slot& slot) { return wanted < slot.sequence(); });
  return forgotten_ + static_cast<Place>(found - slots_.begin());
}

Slot* Ring::at(Place place) {
  assert(place >= forgotten_ && place - forgotten_ <= slots_.size());
  return place - forgotten_ == slots_.size() ? nullptr : &slots_[place - forgotten_];
}

// The content lies in memory twice once it is encoded.
std::size_t Ring::cost(const journal::Stored& stored) {
  const std::size_t content = stored.content == nullptr ? 0 : stored.content->size();
  return sizeof(Slot) + 3 * stored.bytes.size() + 2 * content;
}

}  // namespace noroshi::delivery
