// What goes into the log and what comes out of it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "proto/merkle/hash.hpp"

namespace noroshi::journal {

using Sequence = std::uint64_t;
using merkle::Hash;

// SHA-256 of `bytes`.
inline Hash content_hash(std::string_view bytes) { return merkle::hash_of(bytes); }
// Of an entry's stored bytes.
using merkle::leaf_hash;
// Of its 64 hexadecimal digits; nothing when it is something else.
std::optional<Hash> hash_from_digits(std::string_view digits);

// Under which no second alert may ever be accepted.
struct AlertKey {
  std::string publisher;  // in a drill `<drill>:<publisher>`: each drill has keys of its own
  std::string sender;
  std::string identifier;
  // clang-tidy 14 takes the comparison's 0 for a pointer.
  auto operator<=>(const AlertKey&) const = default;  // NOLINT(modernize-use-nullptr)
};

// What the Judge is told of a proposal and the log never keeps; hub/admission/ says what.
struct Circumstances {
  virtual ~Circumstances() = default;
};

// Something that asks to become an entry. `body` is a draft: the Judge completes it at the head.
struct Proposal {
  v1::EntryBody body;
  std::optional<AlertKey> key;  // of an alert
  // The accepted bytes, kept beside the log. An AlertAccepted must name them in content_sha256, and
  // names nothing when there are none.
  std::shared_ptr<const std::string> content;
  std::shared_ptr<const Circumstances> circumstances = nullptr;
};

// An entry as it lies in the log, for good. Immutable and shared by all threads.
struct Stored {
  Sequence sequence = 0;
  std::string bytes;                           // the leaf
  v1::Entry entry;                             // `bytes`, read
  std::shared_ptr<const std::string> content;  // null when the entry has none or it was archived
};
using StoredPtr = std::shared_ptr<const Stored>;

// What became of a proposal.
struct Committed {
  StoredPtr stored;
};
// The same alert was accepted before, or earlier in this group: nothing was written.
struct Known {
  StoredPtr stored;
};
// The Judge said no; `stored` is the refusal's own entry, or null where none is kept.
struct Refused {
  std::string code;  // of the contract: auth.area, alert.conflict …
  std::string detail;
  std::vector<std::string> rules;  // finding ids, each with its value after a blank
  StoredPtr stored;
};
// The store broke at COMMIT: it may or may not be there. Never guessed; a retry settles it.
struct Unknown {
  std::string detail;
};
using Outcome = std::variant<Committed, Known, Refused, Unknown>;

}  // namespace noroshi::journal
