// Who decides at the head of the log. The journal asks; hub/admission answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::journal {

// Becomes an entry with `body`.
struct Accept {
  v1::EntryBody body;
};
// Is answered as the entry at `sequence`; nothing is written.
struct AlreadyKnown {
  Sequence sequence;
};
// Is refused; `audit` becomes an entry when set.
struct Refuse {
  std::string code;
  std::string detail;
  std::vector<std::string> rules;
  std::optional<v1::EntryBody> audit;
};
using Decision = std::variant<Accept, AlreadyKnown, Refuse>;

// A fold of the log that can say no. Deterministic: what it knows comes from `apply` alone.
//
// Threading  called by the journal's owner only. After decide() returned Accept (or a Refuse with
//            an audit body) the journal calls apply() with the resulting entry before the next
//            decide(). If the group then fails to commit the process ends: a Judge never unlearns.
class Judge {
 public:
  virtual ~Judge() = default;
  virtual void apply(const v1::Entry& entry) = 0;
  // `sequence` and `at_ms` are what the entry will carry if accepted.
  virtual Decision decide(const Proposal& proposal, Sequence sequence, std::int64_t at_ms) = 0;
};

}  // namespace noroshi::journal
