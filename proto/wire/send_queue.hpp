// The bytes a connection still has to send: shared frames, none of them copied.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "proto/wire/frame.hpp"

namespace noroshi::wire {

// First in, first out by bytes.
//
// Invariant  what front() gives stays a prefix of what it gives later, until consume(): a TLS write
//            that blocked is repeated with the same bytes or more.
// Bounds     none; costs nothing while empty.
class SendQueue {
 public:
  // Empty frames are dropped.
  void push(Frame frame);
  [[nodiscard]] bool empty() const { return bytes_ == 0; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // The first bytes: the rest of a frame as long as `scratch` or longer as it lies, otherwise as
  // many frames as go into `scratch`. Empty only when the queue is. Valid until the next call.
  [[nodiscard]] std::span<const std::byte> front(std::span<std::byte> scratch) const;
  // The first `count` bytes are gone; at most bytes().
  void consume(std::size_t count);
  void clear();

 private:
  [[nodiscard]] std::string_view rest_of_first() const;

  std::vector<Frame> frames_;
  std::size_t first_ = 0;   // frames_ before it are consumed
  std::size_t offset_ = 0;  // bytes of the first frame that are consumed
  std::size_t bytes_ = 0;
};

}  // namespace noroshi::wire
