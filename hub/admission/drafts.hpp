// Orders that wait for a second person, and what became of them: a fold of the log.
//
// A draft waits until its time is over, it is approved, it is withdrawn, or a newer draft of the
// same alert (publisher, sender, identifier) is submitted: an edit is a new draft.
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

#include "hub/journal/entry.hpp"

namespace noroshi::admission {

inline constexpr std::int64_t draft_life_ms = 10 * 60 * 1000;
inline constexpr std::size_t drafts_waiting_max = 50;  // of one publisher

struct Draft {
  journal::Sequence sequence = 0;
  std::int64_t at_ms = 0;
  v1::DraftSubmitted submitted;
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

  // Null when there is none, or none any more. Valid until the next apply().
  [[nodiscard]] const Draft* find(std::string_view id) const;
  // One that waits, by the same author with the same bytes for the same publisher.
  [[nodiscard]] const Draft* same(const v1::AlertAccepted& alert, std::int64_t now_ms) const;
  [[nodiscard]] std::size_t waiting(std::string_view publisher, std::int64_t now_ms) const;
  [[nodiscard]] std::size_t waiting(std::int64_t now_ms) const;
  // All that are known, oldest first.
  [[nodiscard]] std::vector<const Draft*> all() const;

 private:
  void submit(const v1::Entry& entry);
  void end(std::string_view id, Draft::End how, journal::Sequence by_entry, std::string by,
           std::string reason);

  std::map<std::string, Draft, std::less<>> drafts_;
};

}  // namespace noroshi::admission
