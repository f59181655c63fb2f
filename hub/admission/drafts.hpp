// Orders that wait for a second person, and what became of them: a fold of the log.
//
// A draft waits until its time is over, it is approved, it is withdrawn, or a newer draft of the
// same alert (publisher, sender, identifier) is submitted: an edit is a new draft. It belongs to
// the channel it was submitted in, for life: nothing of another channel finds, ends or counts it.
//
// Bounds  what ended is forgotten a day after its time was over.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::admission {

inline constexpr std::int64_t draft_life_ms = 10 * 60 * 1000;
inline constexpr std::size_t drafts_waiting_max = 50;  // of one publisher in one channel

struct Draft {
  // Of the entry it was submitted by.
  explicit Draft(const v1::Entry& entry);

  journal::Sequence sequence;
  std::int64_t at_ms;
  v1::DraftSubmitted submitted;
  drills::Channel channel;
  enum class End { none, approved, withdrawn, replaced } end = End::none;
  journal::Sequence ended_by = 0;  // the entry; of an approved one its AlertAccepted
  std::string reason;              // of a withdrawal
  std::string by;                  // who withdrew or approved it

  [[nodiscard]] bool waits_at(std::int64_t now_ms) const {
    return end == End::none && now_ms < submitted.until_ms();
  }
};

class Drafts {
 public:
  void apply(const v1::Entry& entry);

  // Null when there is none in that channel, or none any more. Valid until the next apply().
  [[nodiscard]] const Draft* find(const drills::Channel& channel, std::string_view id) const;
  // One that waits, by the same author with the same bytes for the same publisher in the same
  // channel.
  [[nodiscard]] const Draft* same(const v1::AlertAccepted& alert, std::int64_t now_ms) const;
  // How many wait of its publisher in its channel.
  [[nodiscard]] std::size_t waiting_beside(const v1::AlertAccepted& alert,
                                           std::int64_t now_ms) const;
  // How many wait on the live path.
  [[nodiscard]] std::size_t waiting_live(std::int64_t now_ms) const;
  // All that are known of a channel, oldest first.
  [[nodiscard]] std::vector<const Draft*> all(const drills::Channel& channel) const;

 private:
  void submit(const v1::Entry& entry);
  [[nodiscard]] std::size_t count(std::int64_t now_ms, std::string_view drill,
                                  const std::string* publisher) const;
  void end(std::string_view id, Draft::End how, journal::Sequence by_entry, std::string by,
           std::string reason);

  std::map<std::string, Draft, std::less<>> drafts_;
};

}  // namespace noroshi::admission
