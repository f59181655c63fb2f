// The recent alerts a shard keeps ready to send, each encoded at most once for each form.
//
// Bounds     `bytes_max` of stored and encoded bytes together, as of the last push; the oldest go
//            first.
// Threading  none inside: belongs to its shard.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/audience.hpp"
#include "proto/wire/frame.hpp"

namespace noroshi::delivery {

using journal::Sequence;

// The forms an alert can be encoded in; each outlet fills its own and shares it between everybody.
enum class Encoding : std::size_t { stream_protobuf, stream_json, events, webhook, count_ };
inline constexpr auto encodings = static_cast<std::size_t>(Encoding::count_);

struct Slot {
  journal::StoredPtr stored;
  std::optional<registry::Audience> audience{};  // worked out by the first who asks
  std::array<wire::Frame, encodings> encoded{};
  std::bitset<encodings> under_way{};  // forms being made on another thread
  std::size_t counted = 0;             // in the bytes of the ring it lies in
  // What the alert says of its channel, read once for all who ask: its drill, and whether that,
  // its channel and its status agree.
  std::string_view drill = alert().drill();
  bool of_one_channel = drills::Channel::of(alert()).carries(alert());

  [[nodiscard]] Sequence sequence() const { return stored->sequence; }
  [[nodiscard]] const v1::AlertAccepted& alert() const {
    return stored->entry.body().alert_accepted();
  }
  [[nodiscard]] wire::Frame& frame(Encoding encoding) {
    return encoded[static_cast<std::size_t>(encoding)];
  }
};

class Ring {
 public:
  // Holds all alerts after `base`, of which there are none yet.
  Ring(Sequence base, std::size_t bytes_max) : base_(base), bytes_max_(bytes_max) {}

  void push(journal::StoredPtr stored);

  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Every alert after base() is here: a cursor at or after it needs no reading from the journal.
  [[nodiscard]] Sequence base() const { return base_; }

  // Where somebody stands who has taken all alerts before it; the next is found without searching.
  // Places count all alerts ever pushed, so that one stays right while others come and go.
  using Place = std::uint64_t;
  // Of the first alert after `position`, which is not before base().
  [[nodiscard]] Place after(Sequence position) const;
  // The alert at `place`, not before that of base(); null when there is none yet. The pointer
  // lives until the next push.
  [[nodiscard]] Slot* at(Place place);
  // The alert `sequence`, if it is here.
  [[nodiscard]] Slot* find(Sequence sequence);
  // Keeps nothing of what came up to `head`, the log's.
  void forget(Sequence head);
  // To be told whenever a frame of a slot has been made; does nothing for a slot that lies
  // elsewhere.
  void recount(Slot& slot);

 private:
  [[nodiscard]] static std::size_t cost(const Slot& slot);

  Sequence base_;
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  Place forgotten_ = 0;  // alerts that are no longer in slots_
  std::deque<Slot> slots_;
};

}  // namespace noroshi::delivery
