// Who signed an alert: rules R080 and R081. Enveloped XML signatures in the one narrow form of
// form.hpp, checked against keys that were pinned; whatever a document says of keys is ignored.
//
// An alert has one signature or two: its issuer's and, behind it, that of whoever aggregates. Each
// is over the document with the other removed, so neither covers the other, and either may go
// without breaking the other.
//
// The alert is read from the verified buffer: the canonical text that the digest is over is read
// again, and what it says must equal what the document says.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/signature/keys.hpp"

namespace noroshi::signature {

// One whose signature was verified.
struct Signer {
  PinnedKey key;
  std::int64_t from_ms = 0;  // as in Certificate
  std::int64_t until_ms = 0;

  [[nodiscard]] bool good_at(std::int64_t ms) const { return from_ms <= ms && ms <= until_ms; }
  bool operator==(const Signer&) const = default;
};

struct Verdict {
  enum class Outcome {
    none,            // there is no signature
    verified,        // every one, by a key that is good now
    wrong,           // the form is right, and one of them is none of the pinned keys' now
    not_verifiable,  // in another form: nobody can say whose it is
  };
  Outcome outcome = Outcome::none;
  std::vector<Signer> signers;  // when verified, in the order of the document
  // What is wrong, for message(); empty when nothing is.
  std::string rule;  // cap.R080, cap.R081
  std::string aspect;
  std::string value;
  std::size_t number = 1;  // of the signature it is about, from 1
  cap::Place place;        // where that one begins

  bool operator==(const Verdict&) const = default;
};

// Pure but for its time, thread-safe, not for a thread that must answer quickly.
// `bytes` and `declared_charset` as in cap::validate(), which must accept them, or nothing can be
// verified. `keys` that are none (see read_certificate) are passed over.
//
// Bounds  the first `keys_max` keys are tried.
// Cost    parses the document three times and writes it once for each signature and key that fits.
inline constexpr std::size_t keys_max = 8;
Verdict verify(std::string_view bytes, std::optional<std::string_view> declared_charset,
               std::span<const PinnedKey> keys, std::int64_t now_ms);

}  // namespace noroshi::signature
