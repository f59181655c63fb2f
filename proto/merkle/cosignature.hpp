// Cosignatures of checkpoints (C2SP tlog-cosignature, version 1): a witness says when it found a
// checkpoint to go on from all it had seen before. Ed25519, signature type 4; signed is
// "cosignature/v1\ntime <Unix seconds>\n<text of the checkpoint>", and the line under the note
// carries the time in front of the signature.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "proto/merkle/note.hpp"
#include "proto/merkle/note_parts.hpp"
#include "proto/result.hpp"

namespace noroshi::merkle {

// Whose cosignature to believe. In text as NoteVerifier, with the type 4 in place of 1.
struct WitnessKey {
  std::string name;
  PublicKey key;

  static Result<WitnessKey> read(std::string_view text);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::uint32_t id() const;
};

// Cosigns in one name. Holds the private key; neither copied nor shown.
class Cosigner {
 public:
  static Result<Cosigner> make(std::string name);  // with a fresh key
  // What secret() gave.
  static Result<Cosigner> read(std::string_view secret);

  [[nodiscard]] WitnessKey key() const;
  // "PRIVATE+KEY+<name>+<id>+<base64 of 4 and the seed>". Whoever writes it down keeps it from
  // others (0600).
  [[nodiscard]] std::string secret() const;
  // The line to put under the checkpoint with this text.
  [[nodiscard]] std::string cosign(std::string_view text, std::uint64_t unix_seconds) const;

 private:
  explicit Cosigner(NoteSigner signer) : signer_(std::move(signer)) {}
  NoteSigner signer_;
};

struct Cosignature {
  WitnessKey by;
  std::uint64_t time = 0;  // Unix seconds, as the witness says
  std::string line;        // as it stands under the note
};

// The first line in `note` that is of one of `witnesses`; lines of others are passed over.
// refused: nobody who is known has cosigned, or wrongly; `detail` says which.
Result<Cosignature> cosignature_in(const NoteParts& note, std::span<const WitnessKey> witnesses);

}  // namespace noroshi::merkle
