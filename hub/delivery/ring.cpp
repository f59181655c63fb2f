#include "hub/delivery/ring.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace noroshi::delivery {

void Ring::push(journal::StoredPtr stored) {
  assert(stored->sequence > base_);
  bytes_ += cost(*stored);
  slots_.push_back({std::move(stored), {}});
  while (bytes_ > bytes_max_ && slots_.size() > 1) {
    bytes_ -= cost(*slots_.front().stored);
    base_ = slots_.front().sequence();
    slots_.pop_front();
  }
}

Slot* Ring::after(Sequence position) {
  assert(position >= base_);
  const auto found =
      std::upper_bound(slots_.begin(), slots_.end(), position,
                       [](Sequence wanted, const Slot& slot) { return wanted < slot.sequence(); });
  return found == slots_.end() ? nullptr : &*found;
}

// The content lies in memory twice once it is encoded.
std::size_t Ring::cost(const journal::Stored& stored) {
  const std::size_t content = stored.content == nullptr ? 0 : stored.content->size();
  return sizeof(Slot) + 3 * stored.bytes.size() + 2 * content;
}

}  // namespace noroshi::delivery
