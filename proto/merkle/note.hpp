// Signed notes (C2SP signed-note): a short text and under it the signatures of whoever vouches for
// it, here always Ed25519 (signature type 1).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::merkle {

// Whose signature to believe. In text "<name>+<id, 8 hexadecimal digits>+<base64 of 0x01 and key>".
struct NoteVerifier {
  std::string name;  // no white space and no plus
  std::array<std::uint8_t, 32> key;

  // invalid for anything else, and for an id that is not of this name and key.
  static Result<NoteVerifier> read(std::string_view text);
  [[nodiscard]] std::string text() const;
  // First four bytes, big-endian, of SHA-256 of name, newline, 0x01 and key.
  [[nodiscard]] std::uint32_t id() const;
};

// Signs in one name. It holds the private key; neither copied nor shown.
class NoteSigner {
 public:
  // invalid for a name that a note cannot carry.
  static Result<NoteSigner> make(std::string name);  // with a fresh key
  static Result<NoteSigner> of(std::string name, std::span<const std::uint8_t, 32> seed);
  ~NoteSigner();
  NoteSigner(NoteSigner&&) noexcept;
  NoteSigner& operator=(NoteSigner&&) noexcept;

  [[nodiscard]] const NoteVerifier& verifier() const;
  // What of() takes. Whoever writes it down keeps it from others (0600).
  [[nodiscard]] std::array<std::uint8_t, 32> seed() const;
  // 64 bytes of Ed25519 over `bytes`.
  [[nodiscard]] std::string signature_of(std::string_view bytes) const;
  // The line to put under `text`.
  [[nodiscard]] std::string sign(std::string_view text) const;

 private:
  struct State;
  explicit NoteSigner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// `text` with the signature of `signer` under it. invalid unless it is UTF-8 without control
// characters other than newlines and ends with a newline.
Result<std::string> sign_note(std::string_view text, const NoteSigner& signer);

struct OpenedNote {
  std::string text;
  std::vector<std::string> signed_by;  // names of the verifiers whose signature is right
};

// What `note` says, if at least one of `verifiers` signed it. Signatures of others are passed over;
// a wrong one by a verifier is not forgiven, whoever else signed.
// Bounds    1 MiB, 100 signatures.
// Failure   invalid: no note; refused: a signature is wrong, or nobody known has signed.
Result<OpenedNote> open_note(std::string_view note, std::span<const NoteVerifier> verifiers);

}  // namespace noroshi::merkle
