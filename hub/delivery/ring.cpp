#include "hub/delivery/ring.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace noroshi::delivery {

void Ring::push(journal::StoredPtr stored) {
  assert(stored->sequence > base_);
  auto& newest = slots_.emplace_back(Slot{std::move(stored)});
  newest.counted = cost(newest);
  bytes_ += newest.counted;
  while (bytes_ > bytes_max_ && slots_.size() > 1) {
    bytes_ -= slots_.front().counted;
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

Slot* Ring::find(Sequence sequence) {
  if (sequence <= base_) return nullptr;
  auto* slot = at(after(sequence - 1));
  return slot != nullptr && slot->sequence() == sequence ? slot : nullptr;
}

void Ring::forget(Sequence head) {
  forgotten_ += slots_.size();
  slots_.clear();
  bytes_ = 0;
  base_ = std::max(base_, head);
}

void Ring::recount(Slot& slot) {
  if (slot.counted == 0) return;
  bytes_ -= slot.counted;
  slot.counted = cost(slot);
  bytes_ += slot.counted;
}

// The entry lies in memory as bytes and, about twice as large, read.
std::size_t Ring::cost(const Slot& slot) {
  const auto& stored = *slot.stored;
  std::size_t bytes = sizeof(Slot) + 3 * stored.bytes.size();
  if (stored.content != nullptr) bytes += stored.content->size();
  for (const auto& frame : slot.encoded)
    if (frame != nullptr) bytes += frame->size();
  return bytes;
}

}  // namespace noroshi::delivery
