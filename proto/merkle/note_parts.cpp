#include "proto/merkle/note_parts.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "proto/cap/utf8.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/merkle/base64.hpp"
#include "proto/merkle/hash.hpp"

namespace noroshi::merkle {
namespace {

constexpr std::size_t signature_bytes = 64;
constexpr std::size_t id_bytes = 4;
constexpr std::size_t note_bytes_max = 1 << 20;
constexpr std::size_t signatures_max = 100;
constexpr std::string_view line_start = "\xE2\x80\x94 ";  // an em dash

// Of Unicode's White_Space, but for controls.
bool is_space(char32_t c) {
  return c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string typed_key(KeyType type, const PublicKey& key) {
  std::string typed(1, static_cast<char>(type));
  return typed.append(key.begin(), key.end());
}

std::optional<SignatureLine> signature_line(std::string_view line) {
  if (!line.starts_with(line_start)) return std::nullopt;
  line.remove_prefix(line_start.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_note_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= id_bytes) return std::nullopt;
  return SignatureLine{std::string(line.substr(0, space)), bytes->substr(0, id_bytes),
                       bytes->substr(id_bytes)};
}

}  // namespace

bool is_note_text(std::string_view text) {
  return cap::utf8::first_fault(text) == std::string_view::npos &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

bool is_note_name(std::string_view name) {
  if (name.empty() || !is_note_text(name)) return false;
  while (!name.empty())
    if (const auto c = cap::utf8::take(name); c == '+' || c == '\n' || is_space(c)) return false;
  return true;
}

std::string big_endian(std::uint64_t number, std::size_t bytes) {
  std::string text;
  for (auto at = bytes; at-- > 0;)
    text += static_cast<char>(static_cast<unsigned char>(number >> (8 * at)));
  return text;
}

std::uint32_t key_id(std::string_view name, KeyType type, const PublicKey& key) {
  const auto hash = hash_of(std::string(name) + "\n" + typed_key(type, key));
  return std::uint32_t{hash[0]} << 24U | std::uint32_t{hash[1]} << 16U |
         std::uint32_t{hash[2]} << 8U | std::uint32_t{hash[3]};
}

std::string key_text(std::string_view name, KeyType type, const PublicKey& key) {
  return std::string(name) + "+" + hexadecimal(big_endian(key_id(name, type, key), id_bytes)) +
         "+" + base64(typed_key(type, key));
}

Result<NamedKey> read_key_text(std::string_view text, KeyType type) {
  const auto wrong = [](const char* why) { return failure(ErrorCode::invalid, why); };
  constexpr auto no_key = "not <name>+<id>+<key> of an Ed25519 key";
  const auto first = text.find('+');
  if (first == std::string_view::npos) return wrong(no_key);
  const auto second = text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong(no_key);
  const auto typed = from_base64(text.substr(second + 1));
  NamedKey named{std::string(text.substr(0, first)), {}};
  if (!typed || typed->size() != 1 + named.key.size() || !is_note_name(named.name))
    return wrong(no_key);
  if (typed->front() != static_cast<char>(type)) return wrong("a key of another type");
  std::copy(typed->begin() + 1, typed->end(), named.key.begin());
  if (key_text(named.name, type, named.key) != text)
    return wrong("its id is not of this name and key");
  return named;
}

std::string text_of(const SignatureLine& line) {
  return std::string(line_start) + line.name + " " + base64(line.id + line.signature) + "\n";
}

Result<NoteParts> parts_of(std::string_view note) {
  const auto wrong = [](const char* why) { return failure(ErrorCode::invalid, why); };
  if (note.size() > note_bytes_max) return wrong("a note of more than 1 MiB");
  if (!is_note_text(note)) return wrong("not UTF-8 text without control characters");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n'))
    return wrong("no signatures behind a blank line");
  NoteParts parts{std::string(note.substr(0, blank + 1)), {}};
  for (auto rest = note.substr(blank + 2); !rest.empty();) {
    const auto end = rest.find('\n');
    auto line = signature_line(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (!line) return wrong("a signature line that is none");
    if (parts.signatures.size() == signatures_max) return wrong("more than 100 signatures");
    parts.signatures.push_back(*std::move(line));
  }
  return parts;
}

bool is_signed(const PublicKey& key, std::string_view text, std::string_view signature) {
  if (signature.size() != signature_bytes) return false;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> verifier(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  return verifier && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, verifier.get()) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), bytes, text.size()) == 1;
}

}  // namespace noroshi::merkle
