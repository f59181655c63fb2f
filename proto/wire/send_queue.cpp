#include "proto/wire/send_queue.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace noroshi::wire {
namespace {

// An idle connection keeps no more room than this for its next frames.
constexpr std::size_t frames_kept = 16;
// Consumed frames are moved away when there are this many, and as many as are left.
constexpr std::size_t frames_consumed_max = 64;

}  // namespace

void SendQueue::push(Frame frame) {
  if (frame->empty()) return;
  bytes_ += frame->size();
  frames_.push_back(std::move(frame));
}

std::string_view SendQueue::rest_of_first() const {
  return std::string_view(*frames_[first_]).substr(offset_);
}

std::span<const std::byte> SendQueue::front(std::span<std::byte> scratch) const {
  if (empty()) return {};
  const std::string_view first = rest_of_first();
  const bool alone = first_ + 1 == frames_.size();
  if (alone || first.size() >= scratch.size())
    return std::as_bytes(std::span(first.data(), first.size()));

  std::size_t filled = 0;
  for (std::size_t at = first_; at < frames_.size() && filled < scratch.size(); ++at) {
    const std::string_view part = at == first_ ? first : std::string_view(*frames_[at]);
    const std::size_t taken = std::min(part.size(), scratch.size() - filled);
    std::memcpy(scratch.data() + filled, part.data(), taken);
    filled += taken;
  }
  return scratch.first(filled);
}

void SendQueue::consume(std::size_t count) {
  assert(count <= bytes_);
  bytes_ -= count;
  if (bytes_ == 0) return clear();
  while (count > 0) {
    const std::size_t taken = std::min(count, rest_of_first().size());
    count -= taken;
    offset_ += taken;
    if (offset_ == frames_[first_]->size()) {
      frames_[first_].reset();
      ++first_;
      offset_ = 0;
    }
  }
  if (first_ >= frames_consumed_max && first_ >= frames_.size() - first_) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void SendQueue::clear() {
  frames_.clear();
  if (frames_.capacity() > frames_kept) frames_.shrink_to_fit();
  first_ = 0;
  offset_ = 0;
  bytes_ = 0;
}

}  // namespace noroshi::wire
