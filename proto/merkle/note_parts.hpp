// What signed notes are made of (C2SP signed-note): keys as text, the lines of signatures, and
// Ed25519. A note is read and written by note.hpp and cosignature.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::merkle {

enum class KeyType : char { ed25519 = 1, cosignature = 4 };  // what its signatures sign
using PublicKey = std::array<std::uint8_t, 32>;

// UTF-8 without control characters other than newlines.
bool is_note_text(std::string_view text);
// Not empty, without white space and plus.
bool is_note_name(std::string_view name);

// First four bytes, big-endian, of SHA-256 of name, newline, type and key.
std::uint32_t key_id(std::string_view name, KeyType type, const PublicKey& key);
// "<name>+<id, 8 hexadecimal digits>+<base64 of type and key>".
std::string key_text(std::string_view name, KeyType type, const PublicKey& key);
struct NamedKey {
  std::string name;
  PublicKey key;
};
// invalid for anything else than key_text() of this type, and for an id that is not of this key.
Result<NamedKey> read_key_text(std::string_view text, KeyType type);

std::string big_endian(std::uint64_t number, std::size_t bytes);

struct SignatureLine {
  std::string name;
  std::string id;         // four bytes
  std::string signature;  // what its type says
};
// With its newline.
std::string text_of(const SignatureLine& line);

struct NoteParts {
  std::string text;  // with the newline at its end
  std::vector<SignatureLine> signatures;
};
// Nothing is verified. Bounds: 1 MiB, 100 signatures. invalid: no note.
Result<NoteParts> parts_of(std::string_view note);

// False for a signature of another length, too.
bool is_signed(const PublicKey& key, std::string_view text, std::string_view signature);

}  // namespace noroshi::merkle
